"""Drawings (SVG) written anew, without anything that could run or ask elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ...imported import ImportProblem
from ...pictures import LONGEST_SIDE, PictureProblem
from .markup import local, parse_xml

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_UNWANTED = {
    "script", "foreignobject", "handler", "listener", "iframe", "audio", "video",
    "animate", "set", "animatetransform", "animatemotion", "discard",
}  # fmt: skip
_EMBEDDED = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#|data:)|@import|expression\(", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)(?:px)?\s*")
_MOST_PARTS = 20_000
_SIDES = (300.0, 150.0)  # CSS's size of a replaced element that does not say its own


def is_drawn(element: etree._Element) -> bool:
    """Whether an ``svg`` shows more than words and other files' pictures."""
    parts = [part for part in element.iter() if local(part)]
    files = (part for part in parts if local(part) == "image")
    if any(not _EMBEDDED.match(href) for part in files for _, href in _links(part)):
        return False
    return any(local(part) in _SHAPES | {"image"} for part in parts)


def drawing_of(raw: bytes) -> etree._Element | None:
    """The root of an SVG file; None for any other."""
    if b"<svg" not in raw[:4_000] and b":svg" not in raw[:4_000]:
        return None
    try:
        root = parse_xml(raw, "it")
    except ImportProblem:
        return None
    return root if local(root) == "svg" else None


def write_drawing(root: etree._Element, target: Path) -> tuple[int, int]:
    """Write an ``svg`` to ``target``; its width and height in pixels. Raises ``PictureProblem``."""
    parts = list(root.iter())
    if len(parts) > _MOST_PARTS:
        raise PictureProblem("it is too large")
    unwanted = {part for part in parts if part is not root and _is_unwanted(part, root)}
    for part in parts:
        if part in unwanted:
            parent = part.getparent()
            if parent is not None:
                parent.remove(part)
        else:
            _cleaned(part)
    width, height = _sides(root)
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    shown = max(1, round(width * scale)), max(1, round(height * scale))
    root.set("width", str(shown[0]))
    root.set("height", str(shown[1]))
    target.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    return shown


def _is_unwanted(part: etree._Element, root: etree._Element) -> bool:
    tag = local(part)
    if not tag or tag in _UNWANTED:
        return True
    if tag == "style":
        return bool(_OUTSIDE.search("".join(map(str, part.itertext()))))
    if tag != "use":
        return False
    # One that is drawn from others again doubles with every step.
    target = next((href[1:] for _, href in _links(part) if href.startswith("#")), "")
    named = next((e for e in root.iter() if target and e.get("id") == target), None)
    return named is None or any(local(e) == "use" for e in named.iter())


def _cleaned(part: etree._Element) -> None:
    for name, value in list(part.attrib.items()):
        key = etree.QName(str(name)).localname.lower()
        is_link = key == "href" and not _EMBEDDED.match(str(value))
        if is_link or key.startswith("on") or key == "src" or _OUTSIDE.search(str(value)):
            del part.attrib[name]


def _links(part: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in part.attrib.items():
        if etree.QName(str(name)).localname.lower() == "href":
            yield str(name), str(value).strip()


def _sides(root: etree._Element) -> tuple[float, float]:
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    fallback = (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else _SIDES
    sides = []
    for name, other in zip(("width", "height"), fallback, strict=True):
        match = _NUMBER.fullmatch(root.get(name) or "")
        sides.append(float(match[1]) if match is not None and float(match[1]) > 0 else other)
    return sides[0], sides[1]
