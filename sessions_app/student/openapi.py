"""The two calls that are no framework views (they are coroutines), for the API's description."""

from __future__ import annotations

from typing import Any

_SESSION_ID = {
    "name": "session_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
}


def _asked(name: str, kind: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "schema": {"type": kind},
        "description": description,
    }


_STREAM_QUERY = [
    _asked("client", "string", "The name of the outbox that speaks."),
    _asked("if", "string", "`free`: only if no other connection serves the session."),
    _asked("heartbeat", "string", "`1`: the client posts something at least every 15 s."),
    _asked("poll", "string", "`1`: the answer ends with the frames that there are."),
    _asked("owner", "integer", "With `poll`: the connection to go on with."),
    _asked("after", "integer", "With `owner`: the `seq` of the newest frame that came."),
]
_SECURITY: list[dict[str, list[str]]] = [{"bearerToken": []}, {"loginCookie": []}]


def _answers(**described: str) -> dict[str, dict[str, str]]:
    return {name.removeprefix("_"): {"description": text} for name, text in described.items()}


_STREAM = {
    "get": {
        "operationId": "stream_session",
        "description": "A session's server frames as an event stream, where sockets are blocked. "
        "An event named `close` carries the code that would have closed a socket.",
        "parameters": [_SESSION_ID, *_STREAM_QUERY],
        "tags": ["sessions"],
        "security": _SECURITY,
        "responses": {
            "200": {
                "description": "One server frame per event.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
            **_answers(
                _400="`owner` and `after` are whole numbers.",
                _403="Only the student reads.",
                _404="None for you.",
                _409="With `owner`: no such connection is here any more.",
                _503="This server is full; see Retry-After.",
            ),
        },
    }
}

_FRAMES = {
    "post": {
        "operationId": "send_session_frames",
        "description": "Client frames for the stream that is open on this server, in order.",
        "parameters": [_SESSION_ID],
        "tags": ["sessions"],
        "security": _SECURITY,
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["frames"],
                        "properties": {
                            "frames": {
                                "type": "array",
                                "maxItems": 100,
                                "items": {"type": "object", "additionalProperties": True},
                            }
                        },
                    }
                }
            },
        },
        "responses": {
            "202": {
                "description": "How many were taken.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["accepted"],
                            "properties": {"accepted": {"type": "integer"}},
                        }
                    }
                },
            },
            **_answers(
                _400="The body is not right.",
                _403="Only the student reads.",
                _404="None for you.",
                _409="No stream is open here: open it first.",
                _413="Too much at once.",
            ),
        },
    }
}


def add_stream_calls(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    result["paths"]["/api/sessions/{session_id}/stream"] = _STREAM
    result["paths"]["/api/sessions/{session_id}/frames"] = _FRAMES
    result["paths"] = dict(sorted(result["paths"].items()))
    return result
