"""Twenty places at which a server dies: around every commit that a client hears of."""

HANDLERS = "sessions_app.live.handlers"
DOMAIN = "sessions_app.domain"


def _around(module: str, name: str, when: str) -> str:
    return f"die:{module}:{name}:{when}"


POINTS = {
    "progress, in the transaction": _around(f"{DOMAIN}.progress", "_write", "after"),
    "progress, committed and not acknowledged": _around(
        "sessions_app.live.progress_writer", "save_batch", "after"
    ),
    "progress, acknowledged": _around(
        "sessions_app.live.progressing", "_look_for_checkpoints", "before"
    ),
    "opening, before it": _around(f"{DOMAIN}.lifecycle", "open_connection", "before"),
    "opening, committed and not restored": _around(
        f"{DOMAIN}.lifecycle", "open_connection", "after"
    ),
    "question, in the transaction": "die:log:asked",
    "question, committed and not acknowledged": _around(f"{DOMAIN}.interruptions", "ask", "after"),
    "question, acknowledged": _around(HANDLERS, "frames.acknowledged", "after"),
    "answer, before its lease": _around(f"{DOMAIN}.answers", "claim", "before"),
    "answer, before its first word": _around(f"{DOMAIN}.answers", "claim", "after"),
    "answer, before its middle is saved": _around(f"{DOMAIN}.answers", "save_partial", "before"),
    "answer, its middle saved": _around(f"{DOMAIN}.answers", "save_partial", "after"),
    "answer, before its end": _around(f"{DOMAIN}.answers", "finish", "before"),
    "answer, its end in the transaction": "die:log:answered",
    "answer, its end committed and not shown": _around(f"{DOMAIN}.answers", "finish", "after"),
    "try, in the transaction": "die:log:checkpoint",
    "try, committed and not acknowledged": _around(
        f"{DOMAIN}.checkpoints", "answer_checkpoint", "after"
    ),
    "try, acknowledged": _around(HANDLERS, "_answer", "after"),
    "missed ids, committed": _around(f"{DOMAIN}.message_ids", "CommittedIds.add", "after"),
    "slots, before they are renewed": _around(f"{DOMAIN}.presence", "lost", "after"),
}
