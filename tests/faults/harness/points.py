"""Twenty places at which a server dies: around every commit that a client hears of."""

LIVE = "sessions_app.live"
DOMAIN = "sessions_app.domain"


def _around(module: str, name: str, when: str) -> str:
    return f"die:{module}:{name}:{when}"


POINTS = {
    "progress, in the transaction": _around(f"{DOMAIN}.hand.saving", "save_logs", "after"),
    "progress, committed and not acknowledged": _around(
        f"{LIVE}.saving.batch", "save_all", "after"
    ),
    "progress, acknowledged": _around(f"{LIVE}.line", "Line._look_for_checkpoints", "before"),
    "opening, before it": _around(f"{DOMAIN}.presence.connecting", "connect", "before"),
    "opening, committed and not restored": _around(
        f"{DOMAIN}.presence.connecting", "connect", "after"
    ),
    "question, in the transaction": "die:log:asked",
    "question, committed and not acknowledged": _around(
        f"{LIVE}.answers.answering", "Answering.begin_own", "before"
    ),
    "question, acknowledged": _around(f"{LIVE}.answers.answering", "Answering.begin_own", "after"),
    "answer, before its lease": _around(f"{DOMAIN}.answers", "claim_own", "before"),
    "answer, before its first word": _around(f"{DOMAIN}.answers", "claim_own", "after"),
    "answer, before its middle is saved": _around(f"{DOMAIN}.answers", "save_partial", "before"),
    "answer, its middle saved": _around(f"{DOMAIN}.answers", "save_partial", "after"),
    "answer, before its end": _around(f"{DOMAIN}.answers", "end", "before"),
    "answer, its end in the transaction": "die:log:answered",
    "answer, its end committed and not shown": _around(
        f"{LIVE}.answers.answering", "Answering._tell_end", "before"
    ),
    "try, in the transaction": "die:log:checkpoint",
    "try, committed and not acknowledged": _around(f"{LIVE}.saving.writing", "saved", "before"),
    "try, acknowledged": _around(f"{LIVE}.saving.writing", "saved", "after"),
    "message, before its commit": _around(f"{LIVE}.saving.writing", "commit", "before"),
    "presences, before they are renewed": _around(f"{DOMAIN}.presence.presence", "lost", "after"),
}
