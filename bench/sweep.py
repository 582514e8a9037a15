"""One server measured, from the first child to as many as it can hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.figures import LimitSearch, cost_of_extra
from bench.load import Crowd, Stretch
from bench.serving import serve
from bench.site import Site, channels, database_bytes, log_bytes
from tests.services.server import Kind

QUESTION_EVERY: Final = 60.0
#: Where the cost of a question is looked for there are more of them, or chance would be most of it.
QUESTIONS_OFTEN: Final = 20.0
#: A class: it warms the server, and Redis says what is listened to for it.
CLASS: Final = 30
#: The search for the limit begins where the measured costs fill this much of the server's core.
FIRST_TRY: Final = 0.8
#: A size at which positions alone would take more than this of the server's core is passed over.
FULL_CORE: Final = 0.95
_MICRO: Final = 1e6

Figures = dict[str, float]


@dataclass(frozen=True)
class BenchPlan:
    """How much is measured, and how long it may take in all.

    Positions are measured at `few`, `some` and each of `sizes`; opening, from `few` to `some`;
    questions and waits at `some`; each for `seconds`. The search for the limit goes up to `most`
    in steps of `step_seconds`; with 0 there is none.
    """

    rounds: int
    few: int
    some: int
    sizes: tuple[int, ...]
    seconds: int
    step_seconds: int
    most: int
    seconds_in_all: float


@dataclass(frozen=True)
class Contender:
    """An application under a server."""

    name: str
    kind: Kind

    def __str__(self) -> str:
        return f"{self.name} under {self.kind}"


async def figures_of(place: Site, contender: Contender, plan: BenchPlan, until: float) -> Figures:
    """All figures of one contender; the search for its limit ends at `until` (monotonic)."""
    with serve(contender.name, contender.kind, place) as served:
        crowd = Crowd(place, served)
        figures: Figures = {}
        await crowd.grow(CLASS)
        await crowd.run(CLASS, 2, CLASS / 15)
        if contender.name == "ReaderAI":
            _listened_to(place, contender, figures)
        await crowd.grow(plan.few)
        _positions(await crowd.run(plan.few, plan.seconds), figures)
        resident = served.resident()
        await _opening(crowd, plan, figures)
        await _at_some(crowd, place, plan, figures)
        await _questions_alone(crowd, plan, figures)
        for size in plan.sizes:
            if size * _position(figures) < FULL_CORE * _MICRO:
                await crowd.grow(size)
                await crowd.run(size, 1)
                _positions(await crowd.run(size, plan.seconds), figures)
        more = len(crowd.children) - plan.few
        figures["session_kib"] = (served.resident() - resident) / more
        if plan.most:
            await _limit(crowd, plan, until, _guess(plan, figures), figures)
        await crowd.leave()
        return figures


async def limit_of(
    place: Site,
    contender: Contender,
    plan: BenchPlan,
    until: float,
    cores: Sequence[int],
    guess: int,
) -> Figures:
    """How many readers equal processes on `cores` hold together."""
    with serve(contender.name, contender.kind, place, cores) as served:
        crowd = Crowd(place, served)
        figures: Figures = {}
        await _limit(crowd, plan, until, guess, figures)
        await crowd.leave()
        return figures


async def storage_of(place: Site, contender: Contender, plan: BenchPlan) -> Figures:
    """What a session and a question of ours take on disk, once dead rows are gone."""
    url = place.postgres.url
    with serve(contender.name, contender.kind, place) as served:
        crowd = Crowd(place, served)
        empty = database_bytes(url)
        await crowd.grow(plan.few)
        await crowd.run(plan.few, plan.seconds)
        read = database_bytes(url)
        asking = await crowd.run(plan.few, plan.seconds, QUESTIONS_OFTEN / 2, silent=True)
        asked = database_bytes(url)
        await crowd.leave()
        return {
            "session_bytes": (read - empty) / plan.few,
            "question_bytes": cost_of_extra(asked, read, asking.window.answered),
        }


def _listened_to(place: Site, contender: Contender, figures: Figures) -> None:
    names = channels(place.redis.url)
    figures["channels"] = len(names)
    shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    print(f"PUBSUB CHANNELS, {CLASS} children, {contender}: {len(names)}: {shown}", flush=True)


async def _opening(crowd: Crowd, plan: BenchPlan, figures: Figures) -> None:
    opened = plan.some - len(crowd.children)
    costs = await crowd.grow(plan.some)
    figures["open_us"] = costs.server / opened * _MICRO
    figures["open_postgres_us"] = costs.postgres / opened * _MICRO
    figures["open_redis_us"] = costs.redis / opened * _MICRO


async def _at_some(crowd: Crowd, place: Site, plan: BenchPlan, figures: Figures) -> None:
    """A position and, by the difference to as many positions without, a question."""
    await crowd.run(plan.some, 2)
    written = log_bytes(place.postgres.url)
    still = await crowd.run(plan.some, plan.seconds)
    figures["position_log_bytes"] = (log_bytes(place.postgres.url) - written) / still.window.sent
    _positions(still, figures)
    figures["position_postgres_us"] = still.costs.postgres / still.window.sent * _MICRO
    figures["position_redis_us"] = still.costs.redis / still.window.sent * _MICRO
    requests, characters = place.api.asked()
    asking = await crowd.run(plan.some, plan.seconds, QUESTIONS_OFTEN)
    longer = asking.window.sent / still.window.sent
    extra = cost_of_extra(asking.costs.server, still.costs.server * longer, asking.window.answered)
    figures["question_us"] = extra * _MICRO
    figures["ack_p50_ms"] = asking.wait(50) * 1000
    figures["ack_p99_ms"] = asking.wait(99) * 1000
    requests_now, characters_now = place.api.asked()
    sent = cost_of_extra(characters_now, characters, requests_now - requests)
    figures["question_characters"] = sent
    if requests_now - requests < asking.window.answered:
        raise RuntimeError("not every answer came from the model")


async def _questions_alone(crowd: Crowd, plan: BenchPlan, figures: Figures) -> None:
    """For PostgreSQL and Redis the difference of two runs is less than what chance does to it."""
    stretch = await crowd.run(plan.some, plan.seconds, QUESTIONS_OFTEN, silent=True)
    for name, costs in (
        ("question_alone_us", stretch.costs.server),
        ("question_postgres_us", stretch.costs.postgres),
        ("question_redis_us", stretch.costs.redis),
    ):
        figures[name] = cost_of_extra(costs, 0, stretch.window.answered) * _MICRO


def _positions(stretch: Stretch, figures: Figures) -> None:
    figures[f"position_us_{stretch.children}"] = stretch.costs.server / stretch.window.sent * _MICRO
    _note_client(stretch, figures)


def _note_client(stretch: Stretch, figures: Figures) -> None:
    """The largest share of its core that the client took, and all that runs on that core."""
    for name, seconds in (
        ("client_share", stretch.costs.client),
        ("client_core_share", stretch.costs.client_core),
    ):
        figures[name] = max(figures.get(name, 0.0), stretch.share(seconds))


def _position(figures: Figures) -> float:
    """What a position cost where it was measured last."""
    return [cost for name, cost in figures.items() if name.startswith("position_us_")][-1]


def _guess(plan: BenchPlan, figures: Figures) -> int:
    """As many children as the measured costs let one core serve, less a little."""
    a_second = _position(figures) + figures["question_us"] / QUESTION_EVERY
    return max(plan.few, int(FIRST_TRY * _MICRO / a_second) // 50 * 50)


async def _limit(crowd: Crowd, plan: BenchPlan, until: float, guess: int, figures: Figures) -> None:
    """Look for the largest crowd that holds. A size has failed when it fails twice in a row."""
    search = LimitSearch(guess, plan.most)
    while search.size is not None:
        size = search.size
        if time.monotonic() + crowd.seconds_to(size) + plan.step_seconds > until:
            break
        await crowd.grow(size)
        held = await _holds(crowd, size, plan, figures)
        search.note(held=held or await _holds(crowd, size, plan, figures))
    if search.held:
        figures["held"] = search.held
        figures["held_or_more"] = float(search.size is not None or search.failed is None)


async def _holds(crowd: Crowd, size: int, plan: BenchPlan, figures: Figures) -> bool:
    await crowd.rest()
    await crowd.run(size, 1)
    stretch = await crowd.run(size, plan.step_seconds, QUESTION_EVERY)
    _note_client(stretch, figures)
    print(
        f"  {size}: p50 {stretch.wait(50) * 1000:.0f} ms, p99 {stretch.wait(99) * 1000:.0f} ms, "
        f"{stretch.overdue} overdue, {stretch.window.asked - stretch.window.answered} unanswered, "
        f"server {stretch.share(stretch.costs.server):.2f}, "
        f"client {stretch.share(stretch.costs.client):.2f} of a core",
        flush=True,
    )
    return stretch.holds
