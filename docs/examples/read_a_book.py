"""A whole client for ReaderAI in one file: REST to begin, then one WebSocket.

    python read_a_book.py http://127.0.0.1:8000 alice-123 read-with-me two-too-many "What is lift?"

It signs in, starts a session, reads a few words, asks the question, answers one checkpoint when
it comes to one, and says goodbye. Whatever goes over the wire is printed. It needs `aiohttp` and
nothing of ReaderAI's own code; `docs/how-to/write-a-client.md` explains every step.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any

import aiohttp

Frame = dict[str, Any]


class Refused(Exception):
    """The server said no; the message is for people."""


class Api:
    """The REST calls that a reader needs."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._headers: dict[str, str] = {}

    async def call(self, method: str, path: str, body: Frame | None = None) -> Frame:
        async with self._http.request(
            method, f"{self._url}/api{path}", json=body, headers=self._headers
        ) as answer:
            if answer.status == 204:
                return {}
            found: Frame = await answer.json()
            if answer.status >= 400:
                raise Refused(f"{answer.status}: {found['error']['message']}")
            return found

    async def sign_in(self, username: str, password: str) -> None:
        names = {"username": username, "password": password}
        token = (await self.call("POST", "/tokens", names))["token"]
        self._headers["Authorization"] = f"Bearer {token}"

    async def sign_out(self) -> None:
        await self.call("DELETE", "/tokens/current")


class Reading:
    """One session over one socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session_id: str) -> None:
        self._socket = socket
        self._session_id = session_id
        self._last_id = 0

    async def send(self, kind: str, **payload: Any) -> int:
        """Send a message under the next id, which makes it safe to be sent twice."""
        self._last_id += 1
        frame = {
            "type": kind,
            "sessionId": self._session_id,
            "id": self._last_id,
            "payload": payload,
        }
        print(f"→ {kind} {json.dumps(payload, ensure_ascii=False)}")
        await self._socket.send_json(frame)
        return self._last_id

    async def until(self, *kinds: str) -> Frame:
        """Read on to a frame of one of these types. An `ERROR` raises `Refused`."""
        while True:
            message = await self._socket.receive()
            if message.type != aiohttp.WSMsgType.TEXT:
                raise Refused(f"the server closed the socket ({self._socket.close_code})")
            frame: Frame = json.loads(message.data)
            print(f"← {frame['type']} {shortened(frame['payload'])}")
            if frame["type"] in kinds:
                return frame
            if frame["type"] == "ERROR":
                raise Refused(frame["payload"]["message"])

    async def restored(self) -> Frame:
        """The first frame on every socket: where the session stands, and which ids are saved."""
        payload: Frame = (await self.until("SESSION_RESTORED"))["payload"]
        self._last_id = payload["lastId"]
        return payload


def shortened(payload: Frame, width: int = 160) -> str:
    text = json.dumps(payload, ensure_ascii=False)
    return text if len(text) <= width else text[: width - 1] + "…"


async def ask(reading: Reading, book_id: str, word: int, question: str) -> str:
    """Ask; what there is to show grows with every delta and is whole with the response."""
    context = {"book": book_id, "currentWordIndex": word, "currentSentence": ""}
    await reading.send("STUDENT_INTERRUPTION", questionText=question, context=context)
    shown = ""
    while True:
        frame = await reading.until(
            "INTERRUPTION_DELTA", "INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR"
        )
        payload = frame["payload"]
        if frame["type"] == "INTERRUPTION_ERROR":
            return str(payload["userMessage"])
        if frame["type"] == "INTERRUPTION_RESPONSE":
            return str(payload["responseText"])
        # Index 0 begins the answer anew: what was shown before is replaced.
        shown = payload["text"] if payload["index"] == 0 else shown + payload["text"]


async def answer_checkpoint(reading: Reading, place: Frame) -> None:
    """Go to a checkpoint and give an answer (the first choice, where there are choices)."""
    await reading.send("READING_PROGRESS", wordIndex=place["atWord"])
    asked = (await reading.until("PAUSE_FOR_CHECKPOINT"))["payload"]
    print(f"The book asks: {asked['question']}")
    answer = asked.get("choices", ["I have to think about that."])[0]
    await reading.send("CHECKPOINT_ANSWER", checkpointId=asked["checkpointId"], answer=answer)
    result = (await reading.until("CHECKPOINT_RESULT"))["payload"]
    print(f"{'Right' if result['correct'] else 'Not quite'}: {result['explanation']}")


async def read(reading: Reading, started: Frame, question: str) -> None:
    book = started["book"]
    place = (await reading.restored())["state"]["currentPosition"]["wordIndex"]
    for _ in range(3):
        place = min(place + 5, book["wordCount"] - 1)
        await reading.send("READING_PROGRESS", wordIndex=place, isPlaying=True)
        await reading.until("PROGRESS_SAVED")
    print(f"The answer: {await ask(reading, book['bookId'], place, question)}")
    await reading.send("RESUME_READING", understood=True)
    await reading.until("RESUME_AUDIO")
    if book["checkpoints"]:
        await answer_checkpoint(reading, book["checkpoints"][0])
    await reading.send("COMPLETE_SESSION")
    await reading.until("SESSION_STATUS")


async def main(url: str, username: str, password: str, book_id: str, question: str) -> None:
    async with aiohttp.ClientSession() as http:
        api = Api(http, url)
        await api.sign_in(username, password)
        me = await api.call("GET", "/students/me")
        started = await api.call(
            "POST", "/sessions", {"studentId": me["studentId"], "bookId": book_id}
        )
        print(f"{me['displayName']} reads “{started['book']['title']}”.")
        async with http.ws_connect(
            started["websocketUrl"],
            protocols=["readerai.v1", f"ticket.{started['websocketTicket']}"],
            max_msg_size=0,
        ) as socket:
            await read(Reading(socket, started["sessionId"]), started, question)
        state = await api.call("GET", f"/sessions/{started['sessionId']}")
        print(f"Saved: word {state['currentPosition']['wordIndex']}, {state['status']}.")
        await api.sign_out()


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Read a book over ReaderAI's public interface.")
    parser.add_argument("url", help="where ReaderAI is, such as http://127.0.0.1:8000")
    parser.add_argument("username")
    parser.add_argument("password")
    parser.add_argument("book", help="a bookId")
    parser.add_argument("question", help="what to ask while reading")
    return parser.parse_args(given)


if __name__ == "__main__":
    asked = arguments()
    try:
        asyncio.run(main(asked.url, asked.username, asked.password, asked.book, asked.question))
    except (Refused, aiohttp.ClientError) as error:
        sys.exit(f"That did not work. {error}")
