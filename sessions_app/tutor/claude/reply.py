"""How far one answer of the model's has come."""

from dataclasses import dataclass, field
from typing import Final

from .events import MessageEvent, StreamBroken
from .usage import TokenCount

#: An answer longer than this is not for a child any more; it is cut like one out of tokens.
MAX_CHARACTERS: Final = 4000
#: No text has so many characters to a token: a server that counted fewer tokens left words out.
_MOST_CHARACTERS_PER_TOKEN: Final = 5.5
#: Fewer than any server's context: a count below it is a placeholder.
_LEAST_COUNTED: Final = 256


@dataclass(slots=True)
class ModelReply:
    """`thought` says that the model began to think, which nobody asked it to."""

    characters: int = 0
    stop_reason: str | None = None
    thought: bool = False
    tokens: TokenCount = field(default_factory=TokenCount)

    def note(self, event: MessageEvent) -> str:
        """Take in an event; the text that it adds, at most `MAX_CHARACTERS` in all. Raises
        `StreamBroken`."""
        if event.type == "error":
            raise StreamBroken("" if event.error is None else event.error.type)
        self.tokens.note(event)
        if event.delta is not None:
            if event.type == "message_delta":
                self.stop_reason = event.delta.stop_reason
            self.thought = self.thought or event.delta.type == "thinking_delta"
        added = event.added_text[: MAX_CHARACTERS - self.characters]
        self.characters += len(event.added_text)
        if self.is_too_long:
            self.stop_reason = "max_tokens"
        return added

    @property
    def is_too_long(self) -> bool:
        """Whether more came than a child would read."""
        return self.characters > MAX_CHARACTERS

    def was_cut(self, characters: int) -> bool:
        """Whether the server read clearly less than a prompt of so many characters. Some cut what
        is past their context without a word, the role and the question first."""
        counted = self.tokens.prompt
        return _LEAST_COUNTED <= counted < characters / _MOST_CHARACTERS_PER_TOKEN
