"""Tokens as the API reports them while it streams, and what they cost.

A cache that is kept for five minutes costs 1.25 times the input to write, one for an hour twice,
and either a tenth to read (Anthropic's price list, November 2026).
"""

from dataclasses import dataclass
from typing import NamedTuple

from ..types import Usage
from .events import MessageEvent, ReportedUsage

_WRITE_5_MINUTES, _WRITE_1_HOUR, _READ = 1.25, 2.0, 0.1
#: Of an answer whose end, and so whose count, never came.
_CHARACTERS_PER_TOKEN = 4


class Price(NamedTuple):
    """US dollars for a million tokens, which is millionths of a dollar for one."""

    input: float
    output: float


FREE = Price(0, 0)


@dataclass(slots=True)
class TokenCount:
    """One request's tokens so far. The API's counts are totals: the newest stands."""

    input: int = 0
    written: int = 0
    written_for_an_hour: int = 0
    read: int = 0
    output: int = 0

    @property
    def prompt(self) -> int:
        """All that the server read, cached or not; 0 where it does not say."""
        return self.input + self.written + self.read

    def note(self, event: MessageEvent) -> None:
        """Take in what an event reports."""
        begun = None if event.message is None else event.message.usage
        for reported in (begun, event.usage):
            if reported is not None:
                self._take(reported)

    def _take(self, reported: ReportedUsage) -> None:
        self.input = reported.input_tokens or self.input
        self.written = reported.cache_creation_input_tokens or self.written
        self.read = reported.cache_read_input_tokens or self.read
        self.output = reported.output_tokens or self.output
        if reported.cache_creation is not None:
            self.written_for_an_hour = reported.cache_creation.ephemeral_1h_input_tokens or 0

    def usage(self, price: Price, *, characters: int) -> Usage:
        """What it took, when at least `characters` of an answer have come."""
        output = max(self.output, characters // _CHARACTERS_PER_TOKEN)
        short = self.written - self.written_for_an_hour
        weighed = self.input + _WRITE_5_MINUTES * short + _READ * self.read
        weighed += _WRITE_1_HOUR * self.written_for_an_hour
        cost = round(weighed * price.input + output * price.output)
        return Usage(self.input, self.written, self.read, output, cost)
