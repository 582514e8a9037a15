"""Every message of a reading, both ways, through the whole application."""

from __future__ import annotations

import pytest

from library.book_structure import forget_books
from sessions_app.domain import queries
from sessions_app.domain.checkpoints import in_session_order
from sessions_app.live.saving.database import in_database
from sessions_app.messages import CompleteSession, PauseSession
from sessions_app.messages.checkpoint_answer import HINT
from sessions_app.messages.dispatch import perform
from sessions_app.models import Event, Session
from sessions_app.protocol.server import SessionState
from tests.sessions_app.cast import AT_GLIMMER, AT_GUESS, AT_PATIENT, Cast, start

from .socket import Frame, error, open_socket, reading


def saved(word: int, furthest: int | None = None, seconds: float = 0.0) -> Frame:
    return {
        "wordIndex": word,
        "furthestWordIndex": word if furthest is None else furthest,
        "totalReadingTime": seconds,
    }


async def test_the_first_frame_is_the_whole_state(cast: Cast, session: Session) -> None:
    async with open_socket(cast.alice, session) as socket:
        restored = await socket.next()
        state = restored["payload"].pop("state")
        assert restored == socket.frame("SESSION_RESTORED", {"lastId": 0, "owner": 1})
        assert socket.subprotocol == "readerai.v1"
    times = {name: state.pop(name) for name in ("startTime", "lastActiveTime")}
    assert all(len(time) == 24 and time.endswith("Z") for time in times.values())
    assert state == {
        "sessionId": session.pk,
        "studentId": "alice",
        "bookId": "the-lamp",
        "currentPosition": {"wordIndex": 0, "paragraphIndex": 0, "audioTimestamp": 0.0},
        "furthestWordIndex": 0,
        "playback": {"isPlaying": False, "rate": 1.0},
        "readingSpeed": None,
        "reading": {
            "readWords": 0,
            "heardWords": 0,
            "pagedWords": 0,
            "coveredWords": 0,
            "readTime": 0.0,
            "heardTime": 0.0,
        },
        "interruptions": [],
        "comprehensionScores": [],
        "totalReadingTime": 0.0,
        "status": "active",
    }


async def test_progress_is_saved_and_answered(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        place = {"wordIndex": 7, "audioTimestamp": 2.9, "isPlaying": True, "rate": 1.5}
        answer = await socket.call("READING_PROGRESS", place, id=1)
        assert answer == socket.frame("PROGRESS_SAVED", saved(7), reply_to=1)
    async with open_socket(cast.alice, session) as socket:
        payload = (await socket.next())["payload"]
        assert payload["lastId"] == 1
        assert payload["state"]["currentPosition"]["wordIndex"] == 7
        assert payload["state"]["currentPosition"]["audioTimestamp"] == 2.9
        assert payload["state"]["playback"] == {"isPlaying": False, "rate": 1.5}  # nobody was here


async def test_one_answer_covers_several_and_carries_the_highest_id(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        for message_id, word in ((1, 5), (2, 9), (3, 4)):
            await socket.send("READING_PROGRESS", {"wordIndex": word}, id=message_id)
        answer = await socket.next()
        answer["payload"]["totalReadingTime"] = 0.0  # a few milliseconds were read
        assert answer == socket.frame("PROGRESS_SAVED", saved(4, 9), reply_to=3)
        assert await socket.quiet() == []


async def test_progress_without_an_id_is_saved_and_answered_to_nobody(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        answer = await socket.call("READING_PROGRESS", {"wordIndex": 6})
        assert answer == socket.frame("PROGRESS_SAVED", saved(6))


async def test_going_back_saves_the_place_and_keeps_the_furthest(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 20}, id=1)
        answer = await socket.call("READING_PROGRESS", {"wordIndex": 3}, id=2)
        assert (answer["payload"]["wordIndex"], answer["payload"]["furthestWordIndex"]) == (3, 20)


async def test_reading_on_resumes_where_the_voice_was(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 10, "rate": 0.8}, id=1)
        answer = await socket.call(
            "RESUME_READING", {"understood": True, "helpful": False, "timeSpent": 3.5}, id=2
        )
        head = {"fromWordIndex": 10, "fromTimestamp": 4.0, "playbackRate": 0.8}
        assert answer == socket.frame("RESUME_AUDIO", head, reply_to=2)


async def test_repeating_goes_to_the_word(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 10}, id=1)
        answer = await socket.call("REPEAT_AUDIO", {"fromWordIndex": 5, "reason": "missed"}, id=2)
        head = {"fromWordIndex": 5, "fromTimestamp": 2.0, "playbackRate": 1.0}
        assert answer == socket.frame("RESUME_AUDIO", head, reply_to=2)


async def test_a_hand_goes_up_and_down(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        up = await socket.call("RAISE_HAND", id=1)
        assert up == socket.frame("HAND", {"raised": True}, reply_to=1)
        down = await socket.call("LOWER_HAND", {}, id=2)
        assert down == socket.frame("HAND", {"raised": False}, reply_to=2)


async def test_a_heartbeat_is_answered_and_settles_its_id(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        assert await socket.call("HEARTBEAT") == socket.frame("HEARTBEAT_ACK")
        assert await socket.call("HEARTBEAT", id=4) == socket.frame("HEARTBEAT_ACK", reply_to=4)
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 4


async def test_pausing_and_resuming(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        answer = await socket.call("PAUSE_SESSION", id=1)
        assert answer == socket.frame("SESSION_STATUS", {"status": "paused"}, reply_to=1)
        answer = await socket.call("RESUME_SESSION", id=2)
        assert answer == socket.frame("SESSION_STATUS", {"status": "active"}, reply_to=2)
        answer = await socket.call("READING_PROGRESS", {"wordIndex": 4}, id=3)
        assert answer["type"] == "PROGRESS_SAVED"


PAUSED_MAY_NOT = [
    ("READING_PROGRESS", {"wordIndex": 4}),
    (
        "STUDENT_INTERRUPTION",
        {
            "questionText": "What?",
            "context": {"book": "the-lamp", "currentWordIndex": 4, "currentSentence": ""},
        },
    ),
    ("RESUME_READING", {}),
    ("REPEAT_AUDIO", {"fromWordIndex": 1}),
    ("CHECKPOINT_ANSWER", {"checkpointId": "glimmer", "answer": "a small light"}),
    ("CHECKPOINT_ANSWER", {"checkpointId": "guess", "answer": "not come to yet"}),
]


@pytest.mark.parametrize(("kind", "payload"), PAUSED_MAY_NOT)
async def test_a_paused_session_reads_nothing(
    cast: Cast, session: Session, kind: str, payload: Frame
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 30}, id=1)
        await socket.until("PAUSE_FOR_CHECKPOINT")
        await socket.call("PAUSE_SESSION", id=2)
        answer = await socket.call(kind, payload, id=3)
        assert answer == error(socket, "not_active", reply_to=3)
        assert (await socket.call("RESUME_SESSION", id=4))["type"] == "SESSION_STATUS"


async def test_opening_a_socket_makes_a_paused_session_active(cast: Cast, session: Session) -> None:
    await in_database(perform, session.pk, PauseSession())
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["state"]["status"] == "active"
        answer = await socket.call("READING_PROGRESS", {"wordIndex": 4}, id=1)
        assert answer["type"] == "PROGRESS_SAVED"


async def test_completing_is_answered_and_then_the_socket_closes(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send("READING_PROGRESS", {"wordIndex": 9}, id=1)
        await socket.send("COMPLETE_SESSION", id=2)
        await socket.send("RAISE_HAND", id=3)
        assert (await socket.next())["payload"] == saved(9)
        done = await socket.next()
        assert done == socket.frame("SESSION_STATUS", {"status": "completed"}, reply_to=2)
        assert await socket.closing() == ([], 1000)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert (row.status, row.hand_raised_at) == ("completed", None)


async def test_a_completed_session_is_restored_and_closed(cast: Cast, session: Session) -> None:
    await in_database(perform, session.pk, CompleteSession())
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["state"]["status"] == "completed"
        assert await socket.closing() == ([], 1000)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert (row.status, row.owner) == ("completed", 0)


async def test_a_checkpoint_is_announced_put_and_answered(cast: Cast, session: Session) -> None:
    question = {
        "checkpointId": "glimmer",
        "kind": "vocabulary",
        "question": "What is a glimmer?",
        "choices": in_session_order(
            ["a small light", "a loud noise", "a bee"], session.pk, "glimmer"
        ),
        "required": True,
    }
    async with reading(cast.alice, session) as socket:
        socket.unheard.clear()
        await socket.send("READING_PROGRESS", {"wordIndex": 3}, id=1)
        assert (await socket.next())["type"] == "PROGRESS_SAVED"
        near = await socket.next()
        assert near == socket.frame(
            "CHECKPOINT_UPCOMING", {"checkpointId": "glimmer", "atWord": AT_GLIMMER}
        )
        await socket.call("READING_PROGRESS", {"wordIndex": 5}, id=2)
        assert await socket.quiet() == []  # it is announced once
        await socket.send("READING_PROGRESS", {"wordIndex": AT_GLIMMER}, id=3)
        assert (await socket.next())["replyTo"] == 3
        pause = await socket.next()
        stopped = {"reason": "checkpoint", "atWordIndex": AT_GLIMMER, "atTimestamp": 12.0}
        assert pause == socket.frame("PAUSE_AUDIO", stopped)
        put = await socket.next()
        assert put == socket.frame("PAUSE_FOR_CHECKPOINT", question)
        result = await socket.call(
            "CHECKPOINT_ANSWER", {"checkpointId": "glimmer", "answer": "a bee"}, id=4
        )
        verdict = {
            "checkpointId": "glimmer",
            "correct": False,
            "score": 0.0,
            "explanation": HINT,
            "attempts": 1,
            "mayRetry": True,
        }
        assert result == socket.frame("CHECKPOINT_RESULT", verdict, reply_to=4)
    # It is required and may be tried again: who comes back is asked again.
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["dueCheckpoint"] == question
        # A client may go on all the same: the next one is put, too.
        await socket.send("READING_PROGRESS", {"wordIndex": AT_PATIENT}, id=5)
        assert (await socket.until("PAUSE_FOR_CHECKPOINT"))[-1]["payload"]["checkpointId"] == (
            "patient"
        )
        right = {"checkpointId": "glimmer", "answer": "a small light"}
        result = await socket.call("CHECKPOINT_ANSWER", right, id=6)
        assert (result["payload"]["correct"], result["payload"]["attempts"]) == (True, 2)
    async with open_socket(cast.alice, session) as socket:
        due = (await socket.next())["payload"]["dueCheckpoint"]
        assert due["checkpointId"] == "patient"


async def test_an_optional_checkpoint_that_is_passed_by_does_not_silence_the_next(
    cast: Cast, session: Session
) -> None:
    await in_database(cast.lamp.checkpoints.update, required=False)
    forget_books()
    async with reading(cast.alice, session) as socket:
        for number, (word, slug) in enumerate(
            [(AT_GLIMMER, "glimmer"), (AT_PATIENT, "patient"), (AT_GUESS, "guess")], start=1
        ):
            await socket.send("READING_PROGRESS", {"wordIndex": word}, id=2 * number)
            put = (await socket.until("PAUSE_FOR_CHECKPOINT"))[-1]
            assert (put["payload"]["checkpointId"], put["payload"]["required"]) == (slug, False)
            await socket.call("READING_PROGRESS", {"wordIndex": word + 1}, id=2 * number + 1)


async def test_a_checkpoint_that_is_due_is_restored(cast: Cast) -> None:
    session = await in_database(start, cast.alice, cast.lamp, 60)
    async with reading(cast.alice, session) as socket:
        # Progress is saved past a required checkpoint too.
        answer = await socket.call("READING_PROGRESS", {"wordIndex": AT_PATIENT + 2}, id=1)
        assert answer["payload"]["wordIndex"] == AT_PATIENT + 2
    async with open_socket(cast.alice, session) as socket:
        due = (await socket.next())["payload"]["dueCheckpoint"]
        assert due == {
            "checkpointId": "patient",
            "kind": "comprehension",
            "question": "Whose lamp was it, and why does it shine?",
            "required": False,  # it has to be written, in a book for the second grade
        }
        await socket.send("READING_PROGRESS", {"wordIndex": AT_PATIENT + 3}, id=2)
        assert (await socket.next())["type"] == "PROGRESS_SAVED"
        # What was restored is not put a second time.
        assert [frame["type"] for frame in await socket.quiet()] == ["CHECKPOINT_UPCOMING"]


async def test_every_change_of_a_reading_is_in_its_log(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("RAISE_HAND", id=1)
        await socket.call("READING_PROGRESS", {"wordIndex": 60}, id=2)
        await socket.until("PAUSE_FOR_CHECKPOINT")
        await socket.call("REPEAT_AUDIO", {"fromWordIndex": 2}, id=3)
        await socket.call("PAUSE_SESSION", id=4)
    rows = await in_database(
        lambda: list(Event.objects.filter(session=session).values_list("kind", "client_id"))
    )
    assert rows == [
        ("started", None),
        ("hand_raised", 1),
        ("chapter_reached", None),
        ("repeated", 3),
        ("paused", 4),
    ]


async def test_the_state_over_the_socket_is_the_state_over_rest(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 12, "isPlaying": True}, id=1)
    async with open_socket(cast.alice, session) as socket:
        over_the_socket = (await socket.next())["payload"]["state"]

    def over_rest() -> SessionState:
        return queries.session_state(queries.read_session(session.pk, cast.alice.user))

    state = await in_database(over_rest)
    assert over_the_socket["currentPosition"]["wordIndex"] == state.current_position.word_index
    assert over_the_socket["lastActiveTime"] == state.last_active_time
