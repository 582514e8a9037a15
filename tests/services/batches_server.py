"""A local server that behaves like the Message Batches API towards the real SDK.

    with BatchesServer(answer) as server: ...

``answer`` makes the result object of each request that was handed in. A batch has ended the
second time that it is asked for, and its results come in the opposite order, as JSON lines.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

JSON = dict[str, Any]


def succeeded(text: str) -> JSON:
    """The result of a request that the model answered with ``text``."""
    message = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-haiku-4-5",
        "content": [{"type": "text", "text": text}], "stop_reason": "end_turn",
        "stop_sequence": None, "usage": {"input_tokens": 1000, "output_tokens": 200},
    }  # fmt: skip
    return {"type": "succeeded", "message": message}


def errored() -> JSON:
    """The result of a request that the service gave up on."""
    error = {"type": "error", "error": {"type": "api_error", "message": "no"}, "request_id": None}
    return {"type": "errored", "error": error}


class BatchesServer:
    """``requests`` are all that were handed in; ``status`` answers every call where it is set."""

    def __init__(self, answer: Callable[[JSON], JSON]) -> None:
        self.requests: list[JSON] = []
        self.status = 0
        self.asked = 0
        self._answer = answer
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def batch(self) -> bytes:
        ended = self.asked >= 2
        counts = dict.fromkeys(("processing", "errored", "canceled", "expired"), 0)
        batch = {
            "id": "msgbatch_1", "type": "message_batch", "created_at": "2026-11-28T12:00:00Z",
            "expires_at": "2026-11-29T12:00:00Z", "ended_at": None, "archived_at": None,
            "cancel_initiated_at": None, "processing_status": "ended" if ended else "in_progress",
            "request_counts": {**counts, "succeeded": len(self.requests)},
            "results_url": f"{self.url}/v1/messages/batches/msgbatch_1/results" if ended else None,
        }  # fmt: skip
        return json.dumps(batch).encode()

    def results(self) -> bytes:
        rows = (
            {"custom_id": request["custom_id"], "result": self._answer(request)}
            for request in reversed(self.requests)
        )
        return "".join(json.dumps(row) + "\n" for row in rows).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.requests += body["requests"]
                self._send(server.batch(), "application/json")

            def do_GET(self) -> None:
                if self.path.endswith("/results"):
                    self._send(server.results(), "application/binary")
                    return
                server.asked += 1
                self._send(server.batch(), "application/json")

            def _send(self, body: bytes, content_type: str) -> None:
                self.send_response(server.status or 200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler
