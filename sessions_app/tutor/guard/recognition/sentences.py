"""A text's words with the lists that each place begins a phrase of."""

from collections.abc import Sequence

from library.language.lemmas import word_set

from .lexicon import lexicon, longest_after

#: Before a word for a relative these make it somebody else's: "the dad", "his mother".
_NOT_OWN = word_set(
    "the his her their its your whose a an this that every el la los las su sus un una tu al del"
)
_RELATIVES = frozenset({"carer", "sibling", "mine", "older"})
END = "."
#: Stands for words that were passed over.
PASSED_OVER = "_"


def sign_of_list(name: str) -> str:
    """A list among a text's signs."""
    return f"[{name}]"


class TaggedWords:
    """`words` with, for each place, the ends of the phrases of each list that begin there.

    A relative without "the", "his" … before is tagged "own_carer" beside "carer"; one who is
    among `people`, the book's, only after "my".
    """

    def __init__(self, words: Sequence[str], people: frozenset[str] = frozenset()) -> None:
        self.words = tuple(words)
        self._ends: list[dict[str, list[int]]] = [{} for _ in words]
        self.lists: set[str] = set()
        entries, most = lexicon(), longest_after()
        for at, word in enumerate(self.words):
            if word in (END, PASSED_OVER):
                continue
            for end in range(at + 1, min(len(self.words), at + most.get(word, 0)) + 1):
                names = entries.get(" ".join(self.words[at:end]))
                if names:
                    self._tag(at, end, names, people)
        #: What stands anywhere: words, and lists under a name that no word has.
        self.signs = frozenset(self.words) | frozenset(map(sign_of_list, self.lists))

    def ends(self, name: str, at: int) -> Sequence[int]:
        """Where phrases of the list `name` that begin at `at` end."""
        return self._ends[at].get(name, ()) if at < len(self.words) else ()

    def longest_at(self, at: int, names: Sequence[str]) -> tuple[str, int] | None:
        """The first of `names` that a phrase at `at` is in, with its farthest end."""
        tags = self._ends[at]
        best = max((max(tags[name]) for name in names if name in tags), default=0)
        return next(((name, best) for name in names if name in tags and best in tags[name]), None)

    def _tag(self, at: int, end: int, names: frozenset[str], people: frozenset[str]) -> None:
        before = self.words[at - 1] if at else ""
        phrase = self.words[at:end]
        own = before not in _NOT_OWN or "mi" in phrase
        if not people.isdisjoint(phrase) and before not in ("my", "mi", "mis", "our"):
            own = False
        tags = self._ends[at]
        for name in names:
            tags.setdefault(name, []).append(end)
            self.lists.add(name)
            if own and name in _RELATIVES:
                tags.setdefault(f"own_{name}", []).append(end)
                self.lists.add(f"own_{name}")
