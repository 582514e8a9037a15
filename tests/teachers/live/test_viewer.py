"""One teacher's socket: what is sent to it, in which order, and what it may say."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import msgspec
import pytest

from readerai.accounts.models import SignIn
from sessions_app.protocol.errors import Close
from teachers.live.cards import CardView
from teachers.live.revisions import SessionRevision
from teachers.live.viewer import MAX_ANSWERS, Viewer, refuse_viewer


class Wire:
    """A client's end that can be held up."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, text: str) -> None:
        await self.open.wait()
        self.frames.append(json.loads(text))

    async def close(self, code: int) -> None:
        self.closed.append(code)

    async def settle(self) -> list[dict[str, Any]]:
        """The frames that have come once nothing more is under way."""
        self.open.set()
        for _ in range(200):
            await asyncio.sleep(0)
        return self.frames

    @property
    def kinds(self) -> list[str]:
        return [frame["type"] for frame in self.frames]


class Gone(Wire):
    async def send(self, text: str) -> None:
        raise OSError


def viewer(wire: Wire, view: CardView | None = None) -> Viewer:
    return Viewer(wire, SignIn(pk=1, user_id=2), view)


def revision(number: int, word: int = 0, **html: str) -> SessionRevision:
    summary = msgspec.Raw(msgspec.json.encode({"wordIndex": word}))
    return SessionRevision(number, summary, html or None)  # type: ignore[arg-type]


async def test_snapshot_comes_first_and_a_change_before_it_is_in_it() -> None:
    wire = Wire()
    watching = viewer(wire)
    watching.show("a", revision(1))
    watching.show_all({"a": revision(2, word=7)}, seats=0)
    assert await wire.settle() == [
        {"type": "CLASS_SNAPSHOT", "version": 1, "payload": {"sessions": [{"wordIndex": 7}]}}
    ]


async def test_change_that_was_shown_is_not_sent_again() -> None:
    wire = Wire()
    watching = viewer(wire)
    watching.show_all({"a": revision(1)}, seats=0)
    for _ in range(3):
        watching.show("a", revision(1))
        await wire.settle()
    watching.show("a", revision(2))
    watching.show("a", revision(2))
    await wire.settle()
    assert wire.kinds == ["CLASS_SNAPSHOT", "SESSION_CHANGED"]


async def test_of_what_waits_only_the_newest_of_each_session_is_sent() -> None:
    wire = Wire()
    watching = viewer(wire)
    watching.show_all({}, seats=0)
    await wire.settle()
    wire.open.clear()
    for number in range(1, 50):
        watching.show("a", revision(number, word=number))
        watching.show("b", revision(number + 100, word=number))
        await asyncio.sleep(0)
    words = [frame["payload"]["summary"]["wordIndex"] for frame in (await wire.settle())[1:]]
    assert words[-2:] == [49, 49]
    assert len(words) <= 3
    assert [frame["version"] for frame in wire.frames] == [*range(1, len(words) + 2)]


async def test_snapshot_replaces_the_changes_that_wait() -> None:
    wire = Wire()
    watching = viewer(wire)
    watching.show_all({"a": revision(1)}, seats=0)
    watching.show("a", revision(2))
    watching.show_all({"a": revision(3), "b": revision(4)}, seats=0)
    await wire.settle()
    assert wire.kinds == ["CLASS_SNAPSHOT"]
    assert len(wire.frames[0]["payload"]["sessions"]) == 2


@pytest.mark.parametrize(("view", "html"), [("names", "n"), ("projector", "p"), (None, None)])
async def test_card_comes_in_the_view_that_was_asked_for(
    view: CardView | None, html: str | None
) -> None:
    wire = Wire()
    watching = viewer(wire, view)
    watching.show_all({}, seats=0)
    watching.show("a", revision(1, names="n", projector="p"))
    watching.show("b", revision(2))
    _, about_a, about_b = await wire.settle()
    assert about_a["payload"].get("html") == html
    assert "html" not in about_b["payload"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"type": "HEARTBEAT"}', "HEARTBEAT_ACK"),
        ('{"type": "RAISE_HAND"}', "ERROR"),
        ("[" * 5000, "ERROR"),
        ("", "ERROR"),
        (None, "ERROR"),
        ("[]", "ERROR"),
        ('{"type": ["HEARTBEAT"]}', "ERROR"),
    ],
)
async def test_every_frame_is_answered_and_only_a_heartbeat_kindly(
    text: str | None, kind: str
) -> None:
    wire = Wire()
    viewer(wire).receive(text)
    await wire.settle()
    assert wire.kinds == [kind]


async def test_flood_is_not_answered_without_end() -> None:
    wire = Wire()
    watching = viewer(wire)
    wire.open.clear()
    for _ in range(1000):
        watching.receive("x")
    assert len(await wire.settle()) <= MAX_ANSWERS


async def test_close_says_why_once_and_nothing_follows() -> None:
    wire = Wire()
    watching = viewer(wire)
    watching.show_all({}, seats=0)
    await watching.close(Close.NOT_SIGNED_IN)
    await watching.close(Close.NOT_FOUND)
    watching.show_all({"a": revision(1)}, seats=0)
    await wire.settle()
    assert wire.closed == [4401]
    assert wire.frames[-1]["payload"]["code"] == "not_signed_in"
    assert wire.kinds.count("ERROR") == 1


@pytest.mark.parametrize("leave", ["send", "gone"])
async def test_client_that_is_gone_is_sent_nothing_more(leave: str) -> None:
    wire = Gone() if leave == "send" else Wire()
    watching = viewer(wire)
    if leave == "gone":
        watching.gone()
    for number in range(3):
        watching.show_all({"a": revision(number)}, seats=0)
        await wire.settle()
    await watching.close(Close.RESTARTING)
    assert wire.frames == []
    assert wire.closed == []


async def test_refused_viewer_is_told_why() -> None:
    wire = Wire()
    await refuse_viewer(wire, Close.NOT_FOUND)
    assert (wire.kinds, wire.closed) == (["ERROR"], [4404])
    assert wire.frames[0]["payload"]["code"] == "not_found"


async def test_who_looks_at_cards_gets_them_with_the_snapshot_and_how_many_there_are() -> None:
    wire = Wire()
    watching = viewer(wire, "names")
    watching.show_all({"a": revision(1, names="<a>", projector="<p>"), "b": revision(2)}, seats=30)
    [frame] = await wire.settle()
    assert frame["payload"]["cards"] == ["<a>"]
    assert frame["payload"]["seats"] == 30
