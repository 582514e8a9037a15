"""How a model is asked: Claude, or one of the school's own that speaks the same API."""

from dataclasses import dataclass

from .usage import FREE, Price

DEFAULT_MODEL = "claude-haiku-4-5"
#: Of the book, at most; Claude's models have room for far more, but a child waits for it.
BOOK_TOKENS = 60_000
#: What the role, the child's part of the prompt and the earlier questions take, about.
_FIXED_TOKENS = 2200
_LEAST_BOOK_TOKENS = 300


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """`context_tokens` is what the server reads of a request and its answer, 0 for ample.

    Seconds: `first_s` until the first word, `gap_s` from one to the next, `whole_s` for all of
    an answer, `backoff_s` about the first pause between two tries. Without `thinking` a model
    is told not to think, which would eat the output. `price` is in US dollars a million tokens.
    """

    model: str = DEFAULT_MODEL
    base_url: str | None = None
    context_tokens: int = 0
    output_tokens: int = 600
    first_s: float = 6.0
    gap_s: float = 5.0
    whole_s: float = 30.0
    backoff_s: float = 0.4
    thinking: bool = False
    price: Price = FREE

    @property
    def book_tokens(self) -> int:
        """How much of the book fits in a request, in tokens."""
        if not self.context_tokens:
            return BOOK_TOKENS
        left = self.context_tokens - self.output_tokens - _FIXED_TOKENS
        return max(_LEAST_BOOK_TOKENS, min(BOOK_TOKENS, left))
