"""What stands around a plain text: Project Gutenberg's frames, fields, title and author lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..left_out import Omissions

_START = re.compile(
    r"^[ \t]*\*{3}\s?START OF (?:THE|THIS) PROJECT GUTENBERG.*?\*{3}[^\n]*$|"
    r"^[ \t]*\*+\s?END\s?\*?\s?THE SMALL PRINT.*?\*(?:END\*)?[^\n]*$|"
    r"^[ \t]*\*END\*? ?THE SMALL PRINT![^\n]*$",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_END = re.compile(
    r"^[ \t]*(?:\*{3}\s?END OF (?:THE|THIS) PROJECT GUTENBERG|"
    r"End of (?:the |this )?Project Gutenberg(?:['’]s)?\b).*\Z",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(Title|Author|Language):[ \t]*(\S[^\n]*(?:\n[ \t]{2,}\S[^\n]*)*)$", re.MULTILINE
)
_NAMED = re.compile(
    r"^[^\n]{0,40}Project Gutenberg(?:['’]s)?(?: e-?(?:book|text))?(?: of|,)? "
    r"(?P<title>[^\n]{2,200}?),? by (?P<author>[^\n]{2,100})$",
    re.MULTILINE | re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\s*(?:(?:this )?(?:e-?text|e-?book|text|html version|file)?\s*(?:was )?"
    r"(?:produced|prepared|transcribed|scanned|proofread|digitized|typed|created)\b.{0,20}\b(?:by|from)\b"
    r"|transcriber[’']?s? notes?\b|this (?:e-?text|e-?book) )",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:written\s+)?by[:\s]\s*(?P<author>[^\n]{2,100})", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"\A(?P<fence>-{3}|\+{3})[ \t]*\n(?P<body>.*?\n)(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL
)
_PAIR = re.compile(r"^(\w[\w -]*?)[ \t]*[:=][ \t]*(\S[^\n]*)$", re.MULTILINE)
_PERCENT = re.compile(r"\A%[ \t]*(?P<title>[^\n]+)(?:\n%[ \t]*(?P<author>[^\n]+))?")
_SHORT = 100


@dataclass
class Framed:
    """A text without its frame, and what the frame says of it (``title author language``)."""

    text: str
    said: dict[str, str] = field(default_factory=dict)


def unframed(text: str, left_out: Omissions) -> Framed:
    """``text`` without licence, fields and front matter; what they say is kept."""
    text = text.lstrip("\ufeff \n\t")
    front = _FRONT_MATTER.match(text)
    if front is not None:
        pairs = _PAIR.findall(front["body"])
        said = {key.lower(): value.strip("\"' ") for key, value in pairs}
        said.setdefault("language", said.get("lang", ""))
        return Framed(text[front.end() :], said)
    percent = _PERCENT.match(text)
    if percent is not None:
        own = {key: value or "" for key, value in percent.groupdict().items()}
        return Framed(text[percent.end() :], own)
    return _without_licence(text, left_out)


def _without_licence(text: str, left_out: Omissions) -> Framed:
    start = _START.search(text, 0, 60_000)
    if start is None:
        head = text[:3_000]
        said = _fields(head) if len(_FIELD.findall(head)) > 1 or text.startswith("Title:") else {}
        body = _without_fields(text) if said else text
        end = _END.search(body, len(body) // 2)
        if end is not None:
            left_out.add("licence text", words=len(end.group().split()))
            body = body[: end.start()]
        return Framed(body, said)
    said = _fields(text[: start.start()])
    body = text[start.end() :]
    end = _END.search(body)
    around = f"{text[: start.end()]} {end.group() if end else ''}"
    left_out.add("licence text", words=len(around.split()))
    body = body[: end.start()] if end is not None else body
    return Framed(_without_credits(body, left_out), said)


def _fields(head: str) -> dict[str, str]:
    said = {key.lower(): " ".join(value.split()) for key, value in _FIELD.findall(head)}
    named = _NAMED.search(head)
    if named is not None:
        for key in ("title", "author"):
            said.setdefault(key, named[key].strip())
    return said


def _without_fields(text: str) -> str:
    """The text behind the block of fields that it begins with."""
    blocks = re.split(r"\n\s*\n", text)
    place = 0
    while place < len(blocks) and re.match(r"[A-Z][\w -]{2,20}:[ \t]", blocks[place].strip()):
        place += 1
    return "\n\n".join(blocks[place:])


def _without_credits(body: str, left_out: Omissions) -> str:
    """Without "Produced by …" and the like, which stands before a text."""
    blocks = re.split(r"\n\s*\n", body.strip("\n"))
    while blocks and _CREDIT.match(blocks[0]):
        left_out.add("page of credits", words=len(blocks.pop(0).split()))
    return "\n\n".join(blocks)


def title_lines(text: str) -> dict[str, str]:
    """Title and author where a text begins with a line for each ("The Hen", "by Ada Test")."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip()[:2_000])[:4]]
    lines = [line.strip() for line in text.strip()[:600].split("\n")[:6] if line.strip()]
    for parts in (blocks, lines):
        for place, part in enumerate(parts[1:3], start=1):
            match = _BY.fullmatch(part.strip("_*# "))
            if match is None and part.lower() == "by" and place + 1 < len(parts):
                match = _BY.fullmatch(f"by {parts[place + 1]}")
            title = parts[0].lstrip("# ").strip("_* ")
            if match is not None and len(title) < _SHORT and title[-1:] not in ".,;:”":
                return {"title": title, "author": match["author"].strip().rstrip(".")}
    return {}
