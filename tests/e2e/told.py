"""What every page, export and call says of a child's reading, in seconds and words."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import load_workbook
from playwright.async_api import Page

READ_TIME, READ_WORDS = "seconds read", "words read"
HEARD_TIME, HEARD_WORDS = "seconds heard", "words heard"
PAGED, PACE, SHARE = "words paged", "own pace", "share of the book"
#: What a book is said to take goes by the own pace, or by the grade's where there is none.
SHELF_PACE = "pace on the shelf"
QUANTITIES: Final = (READ_TIME, READ_WORDS, HEARD_TIME, HEARD_WORDS, PAGED, PACE, SHARE, SHELF_PACE)

#: How a heading of a table or a figure is counted, and in which unit.
_HEADINGS: Final = {
    "Read by oneself, min": (READ_TIME, 60),
    "Words read": (READ_WORDS, 1),
    "Listened, min": (HEARD_TIME, 60),
    "Words heard": (HEARD_WORDS, 1),
    "Words paged through": (PAGED, 1),
    "Own pace, words per min": (PACE, 1),
    "Read or heard": (SHARE, 1),
}
_XAPI: Final = {
    "words-read": READ_WORDS,
    "words-heard": HEARD_WORDS,
    "words-paged-through": PAGED,
    "seconds-read": READ_TIME,
    "seconds-heard": HEARD_TIME,
}
_STATE: Final = {
    READ_TIME: "readTime",
    READ_WORDS: "readWords",
    HEARD_TIME: "heardTime",
    HEARD_WORDS: "heardWords",
    PAGED: "pagedWords",
}


@dataclass
class Figure:
    """``value`` is None where a place says that there is none; ``within`` is how far its rounding
    may lead away."""

    value: float | None = None
    within: float = 0.0

    def add(self, value: float, within: float = 0.0) -> None:
        self.value = (self.value or 0.0) + value
        self.within += within


#: By quantity; what a place does not speak of is not there.
Told = dict[str, Figure]


def _number(text: str) -> float | None:
    digits = re.search(r"[\d,.]*\d", text)
    return float(digits[0].replace(",", "")) if digits else None


def _minutes(text: str) -> tuple[float, float]:
    """Seconds of ``12 min``, ``1 h 5 min`` or ``under a minute``, and their rounding."""
    if "under a minute" in text:
        return 15.0, 15.0
    hours, minutes = re.search(r"(\d+) h", text), re.search(r"(\d+) min", text)
    seconds = 3600 * int(hours[1] if hours else 0) + 60 * int(minutes[1] if minutes else 0)
    return seconds, 30.0 if seconds else 0.0


class Asking:
    """Asks for one child: in the child's own browser and in their teacher's."""

    def __init__(self, child: Page, teacher: Page, name: str, sessions: Sequence[str]) -> None:
        self._child, self._teacher = child, teacher
        self._name, self._sessions = name, sessions

    async def everywhere(self) -> AsyncIterator[tuple[str, Told]]:
        """Each place's name, and what it tells."""
        yield "state", await self._state()
        yield "summary", await self._summary()
        yield "wall", await self._wall()
        pages = [f"/teachers/sessions/{session}" for session in self._sessions]
        yield "session", await self._figures(*pages)
        spans = [f"{page}/report/reading_spans.csv" for page in pages]
        yield "session CSV", await self._csv(*spans)
        yield "student", await self._figures(f"/teachers/students/{self._name}")
        yield "term", await self._figures(f"/teachers/students/{self._name}?period=term")
        report = f"/teachers/students/{self._name}/report"
        yield "student CSV", await self._csv(f"{report}/books.csv")
        yield "student XLSX", await self._xlsx(f"{report}/books.xlsx")
        yield "class CSV", await self._class_row()
        yield "xAPI", await self._xapi(f"{report}/xapi.json")
        yield "letter", self._sentences(await self.letter())
        yield "/me", await self._me()
        yield "shelf", await self._shelf()

    async def letter(self) -> str:
        await self._teacher.goto(f"/teachers/students/{self._name}/week")
        return "\n".join(await self._teacher.locator(".letter > p").all_inner_texts())

    async def _json(self, page: Page, address: str) -> Any:
        return await (await page.request.get(address)).json()

    async def _state(self) -> Told:
        told: Told = defaultdict(Figure)
        for session in self._sessions:
            state = await self._json(self._child, f"/api/sessions/{session}")
            for quantity, name in _STATE.items():
                told[quantity].add(state["reading"][name])
            if len(self._sessions) == 1:
                told[PACE] = Figure(state["readingSpeed"])
        return told

    async def _summary(self) -> Told:
        items = (await self._json(self._teacher, "/api/classes/room-12/sessions?limit=100"))[
            "items"
        ]
        mine = [item for item in items if item["sessionId"] in self._sessions]
        if len(mine) != 1:
            return {}
        return {PACE: Figure(mine[0]["readingSpeed"]), SHARE: Figure(mine[0]["progress"], 0.001)}

    async def _wall(self) -> Told:
        if len(self._sessions) > 1:
            return {}
        await self._teacher.goto("/teachers/classes/room-12")
        card = self._teacher.locator("article.seat", has=self._teacher.locator("h3 a"))
        link = f"a[href='/teachers/sessions/{self._sessions[0]}']"
        facts = await card.filter(has=self._teacher.locator(link)).locator("span").all_inner_texts()
        told = {READ_TIME: Figure(0, 30), HEARD_TIME: Figure(0, 30), PAGED: Figure(0, 100)}
        told[PACE] = Figure(None)
        for fact in facts:
            for ending, (quantity, unit, within) in {
                " min read": (READ_TIME, 60, 30.0),
                " min heard": (HEARD_TIME, 60, 30.0),
                " words paged": (PAGED, 1, 0.0),
                " wpm": (PACE, 1, 0.5),
            }.items():
                if fact.endswith(ending):
                    told[quantity] = Figure((_number(fact) or 0) * unit, within)
        return told

    async def _figures(self, *addresses: str) -> Told:
        told: Told = defaultdict(Figure)
        for address in addresses:
            await self._teacher.goto(address)
            told[PAGED].add(0)
            for figure in await self._teacher.locator("dl.numbers > div").all():
                name = await figure.locator("dt").inner_text()
                text = await figure.locator("dd").inner_text()
                self._take_figure(told, name, text, is_only=len(addresses) == 1)
        return told

    def _take_figure(self, told: Told, name: str, text: str, *, is_only: bool) -> None:
        if name in {"Read by oneself", "Listened"}:
            time, words = (
                (READ_TIME, READ_WORDS) if name == "Read by oneself" else (HEARD_TIME, HEARD_WORDS)
            )
            counted = re.search(r"([\d,]+) words", text)
            told[time].add(*_minutes(text))
            told[words].add(_number(counted[1]) or 0 if counted else 0)
        elif name == "Paged through":
            told[PAGED].add(_number(text) or 0)
        elif name == "Own pace" and is_only:
            told[PACE] = Figure(_number(text), 0.5)
        elif name == "Read or heard" and is_only:
            told[SHARE] = Figure((_number(text) or 0) / 100, 0.005)

    async def _csv(self, *addresses: str) -> Told:
        told: Told = {}
        for address in addresses:
            text = await (await self._teacher.request.get(address)).text()
            self._take_rows(told, list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))))
        return told

    async def _xlsx(self, address: str) -> Told:
        content = await (await self._teacher.request.get(address)).body()
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        told: Told = {}
        self._take_rows(told, [["" if cell is None else str(cell) for cell in row] for row in rows])
        return told

    async def _class_row(self) -> Told:
        address = "/teachers/classes/room-12/report/children.csv"
        text = await (await self._teacher.request.get(address)).text()
        heads, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
        me = await self._json(self._child, "/api/students/me")
        told: Told = {}
        self._take_rows(told, [heads, *(row for row in rows if row[0] == me["displayName"])])
        return told

    def _take_rows(self, told: Told, table: list[list[str]]) -> None:
        heads, rows = table[0], table[1:]
        for heading, (quantity, unit) in _HEADINGS.items():
            if heading not in heads or (quantity in {PACE, SHARE} and len(rows) != 1):
                continue
            cells = [row[heads.index(heading)] for row in rows]
            figure = told.setdefault(quantity, Figure())
            for cell in cells:
                if cell:
                    figure.add(float(cell) * unit, 3.0 if unit == 60 else 0.0)
            if quantity == SHARE:
                figure.within = 0.001
        if not rows:
            told.clear()

    async def _xapi(self, address: str) -> Told:
        told: Told = {quantity: Figure(0) for quantity in _XAPI.values()}
        for statement in await self._json(self._teacher, address):
            if statement["verb"]["display"]["en"] != "progressed":
                continue
            for key, value in statement["result"]["extensions"].items():
                quantity = _XAPI.get(key.rsplit("/", 1)[-1])
                if quantity is not None:
                    told[quantity].add(value)
        return told

    def _sentences(self, text: str) -> Told:
        told: Told = {READ_TIME: Figure(0), HEARD_TIME: Figure(0), PACE: Figure(None)}
        for quantity, did in ((READ_TIME, "read"), (HEARD_TIME, "listened")):
            amount = re.search(rf"{did} for (under a minute|[\d hmin]+)", text)
            if amount:
                told[quantity] = Figure(*_minutes(amount[1]))
        pace = re.search(r"read about (\d+) words a minute", text)
        if pace:
            told[PACE] = Figure(float(pace[1]), 0.5)
        return told

    async def _me(self) -> Told:
        await self._child.goto("/me")
        texts = await self._child.locator(".my-books .quiet").all_inner_texts()
        told: Told = {READ_TIME: Figure(0), HEARD_TIME: Figure(0)}
        for quantity, did in ((READ_TIME, "read"), (HEARD_TIME, "listened")):
            for text in texts:
                minutes = re.search(rf"{did} (\d+) min", text)
                told[quantity].add(60 * float(minutes[1]) if minutes else 0, 30.0)
        return told

    async def _shelf(self) -> Told:
        """The pace that is behind what an unread book is said to take."""
        book = next(
            item
            for item in (await self._json(self._child, "/api/books?limit=100"))["items"]
            if item["wordCount"] > 2000
        )
        await self._child.goto("/library")
        card = self._child.locator(f"a.shelf-book[href='/books/{book['bookId']}'] .quiet").first
        minutes = _number((await card.inner_text()).rsplit("·", 1)[-1]) or 1
        pace = book["wordCount"] / minutes
        return {SHELF_PACE: Figure(pace, pace / (2 * minutes))}


def agrees(did: Figure, told: Figure) -> bool:
    if did.value is None or told.value is None:
        return did.value == told.value
    return abs(told.value - did.value) <= 0.05 * did.value + told.within + did.within
