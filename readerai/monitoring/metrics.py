"""``/metrics``: how this server process is doing, in numbers only.

Labels are names of message types, outcomes and error codes from fixed lists; there is no id,
name, address or path among them. Every server process has its own figures.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from itertools import accumulate
from typing import Final, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from readerai.security import client_address

from . import capacity

registry: Final = CollectorRegistry()

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_live = Gauge("readerai_live_sessions", "Live sessions on this server.", registry=registry)
_live.set_function(lambda: capacity.here.live)
_errors = Counter("readerai_errors", "ERROR frames by code.", ["code"], registry=registry)
_answers = Counter(
    "readerai_answers", "Questions by what became of them.", ["outcome"], registry=registry
)


_tokens = Counter(
    "readerai_model_tokens",
    "Tokens of the model by kind: input, cache_write, cache_read, output.",
    ["kind"],
    registry=registry,
)
_cost = Counter(
    "readerai_model_cost_dollars", "What the model cost, by the price list.", registry=registry
)
model_resting: Final = Gauge(
    "readerai_model_resting", "1 while a model that failed is left alone.", registry=registry
)


class TokensUsed(Protocol):
    """Tokens of one request, and their price in millionths of a US dollar."""

    @property
    def microdollars(self) -> int: ...


class _PerFrame(Collector):
    """What is counted for every frame. The library's own counters take a lock and some calls for
    each; these are plain numbers that one thread adds to, and that are read when somebody asks."""

    def __init__(self) -> None:
        self.came: defaultdict[str, int] = defaultdict(int)
        self.went: defaultdict[str, int] = defaultdict(int)
        self._replies = [0] * (len(_SECONDS) + 1)
        self._seconds = 0.0

    def replied(self, seconds: float) -> None:
        self._replies[bisect_left(_SECONDS, seconds)] += 1
        self._seconds += seconds

    def collect(self) -> Iterator[Metric]:
        frames = CounterMetricFamily(
            "readerai_frames", "Frames by direction and type.", labels=["direction", "type"]
        )
        for direction, counted in (("in", self.came), ("out", self.went)):
            for kind, number in list(counted.items()):
                frames.add_metric([direction, kind], number)
        yield frames
        replies = HistogramMetricFamily(
            "readerai_reply_seconds", "From a client's frame to the first frame that answers it."
        )
        names = [*(str(float(bound)) for bound in _SECONDS), "+Inf"]
        buckets = list(zip(names, accumulate(self._replies), strict=True))
        replies.add_metric([], buckets, self._seconds)
        yield replies


_per_frame: Final = _PerFrame()
registry.register(_per_frame)


class _SessionMemory(Collector):
    """What sessions hold of this server's memory, counted when somebody asks: ``measure`` gives
    bytes by part, and as ``most`` those of the session that takes most."""

    def __init__(self) -> None:
        self.measure: Callable[[], dict[str, int]] = dict

    def collect(self) -> Iterator[Metric]:
        parts = self.measure()
        most = parts.pop("most", 0)
        held = GaugeMetricFamily(
            "readerai_session_memory_bytes",
            "Memory of all sessions by what it is for: held, queued, unsent.",
            labels=["part"],
        )
        for part, size in parts.items():
            held.add_metric([part], size)
        yield held
        yield GaugeMetricFamily(
            "readerai_session_memory_most_bytes", "Memory of the session that takes most.", most
        )


session_memory: Final = _SessionMemory()
registry.register(session_memory)
_flushed = Histogram(
    "readerai_flush_seconds",
    "How long one saving of progress took.",
    registry=registry,
    buckets=_SECONDS,
)
_flush_size = Histogram(
    "readerai_flush_sessions",
    "Sessions in one saving of progress.",
    registry=registry,
    buckets=(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000),
)
_unseen = Gauge(
    "readerai_concerns_unseen", "Concerns that no grown-up has seen yet.", registry=registry
)
_untold = Gauge(
    "readerai_concerns_untold",
    "Unseen concerns of children about whom no mail went yet.",
    registry=registry,
)
_waiting = Gauge(
    "readerai_concern_mails_waiting", "Mails about concerns that wait to go.", registry=registry
)
_concern_mails = Counter(
    "readerai_concern_mails",
    "Tries to send mail about concerns, by outcome.",
    ["outcome"],
    registry=registry,
)


_upkeep = Gauge(
    "readerai_upkeep_age_seconds",
    "How long ago the worker last did a piece of its work.",
    ["work"],
    registry=registry,
)
_requests = Counter(
    "readerai_requests",
    "Requests by the first digit of their status.",
    ["status"],
    registry=registry,
)
_request_seconds = Histogram(
    "readerai_request_seconds",
    "From a request's first middleware to its answer.",
    registry=registry,
    buckets=_SECONDS,
)


def frame_in(type_: str) -> None:
    """A client's frame was taken; ``type_`` is one of the protocol's, ``bad``, or ``late``."""
    _per_frame.came[type_] += 1


def frame_out(type_: str, code: str = "") -> None:
    """A frame goes to a client; ``code`` is that of an ``ERROR``."""
    _per_frame.went[type_] += 1
    if code:
        _errors.labels(code).inc()


def answer_ended(answered_by: str, error_code: str) -> None:
    """A question has its end: the ``model`` or the ``offline`` tutor answered, or an error code."""
    answered = "offline" if answered_by == "offline" else "model"
    _answers.labels(error_code or answered).inc()


def model_used(usage: TokensUsed) -> None:
    """A request to a model came to its end, or nobody waited for it any more."""
    for kind in ("input", "cache_write", "cache_read", "output"):
        _tokens.labels(kind).inc(getattr(usage, f"{kind}_tokens"))
    _cost.inc(usage.microdollars / 1e6)


def flushed(sessions: int, seconds: float) -> None:
    """Progress of so many sessions was saved in one go."""
    _flush_size.observe(sessions)
    _flushed.observe(seconds)


def concerns(*, unseen: int, untold: int, waiting: int) -> None:
    """How it stands with the concerns of the whole site, as this process has just seen."""
    _unseen.set(unseen)
    _untold.set(untold)
    _waiting.set(waiting)


def concern_mail_tried(outcome: str) -> None:
    """This process tried to send a mail about concerns: ``sent`` or ``failed``."""
    _concern_mails.labels(outcome).inc()


def upkeep(work: str, seconds: float) -> None:
    """So long ago the worker did a piece of its work, as this process has just seen."""
    _upkeep.labels(work).set(seconds)


class ReplyClock:
    """Measures one connection's replies. An answer covers every earlier frame that waits."""

    __slots__ = ("_came",)
    _MOST: Final = 128

    def __init__(self) -> None:
        self._came: dict[int, float] = {}

    def came(self, message_id: int | None) -> None:
        if message_id is not None and len(self._came) < self._MOST:
            self._came.setdefault(message_id, time.monotonic())

    def answered(self, reply_to: int | None) -> None:
        if reply_to is None or reply_to not in self._came:
            return
        now = time.monotonic()
        for message_id in [waiting for waiting in self._came if waiting <= reply_to]:
            _per_frame.replied(now - self._came.pop(message_id))


def may_read(request: HttpRequest) -> bool:
    """Whether the one who asks is at an address of ``READERAI_METRICS_FROM``.

    A request that came through a proxy which is not trusted comes from nowhere known.
    """
    if not settings.READERAI_TRUST_PROXY and "X-Forwarded-For" in request.headers:
        return False
    try:
        address = ip_address(client_address(request))
        return any(
            address in ip_network(allowed, strict=False)
            for allowed in settings.READERAI_METRICS_FROM
        )
    except ValueError:
        return False


class MetricsMiddleware:
    """Answers ``/metrics`` for those who may read it. For others there is no such page.

    It comes before what checks the host name and HTTPS: a collector asks by address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/metrics" and request.method == "GET" and may_read(request):
            return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
        began = time.monotonic()
        response = self.get_response(request)
        _request_seconds.observe(time.monotonic() - began)
        _requests.labels(f"{response.status_code // 100}xx").inc()
        return response
