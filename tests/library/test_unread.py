"""What of a book stands only behind a place in it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.book_structure import UnreadBook, book_structure, forget_books
from library.language.runs import run_hashes, tokens
from tests.library.books import make_book

pytestmark = pytest.mark.django_db

READ = "Nora climbed the stairs of the mill. Up there, Nora found a kite and a goose."
REST = (
    "“I hid the wind,” said Gusta, and the goose flapped. “Why, Gusta?” asked Nora. "
    "Then the wind burst out and carried them all the way over the sea to Torland. "
    "In Torland they met Ms. Quill. Nora climbed the stairs of the mill. Up there it was dark."
)
#: The last word of what was read.
VISIBLE = len(READ.split()) - 1


@pytest.fixture
def unread() -> Iterator[UnreadBook]:
    forget_books()
    yield UnreadBook(book_structure(make_book(READ, REST).pk), VISIBLE)
    forget_books()


@pytest.mark.parametrize(
    ("text", "is_ahead"),
    [
        ("Then the wind burst out and carried them away.", True),
        ("then — THE WIND, burst out: “and carried them”", True),
        ("Then the wind burst out and carried.", False),
        ("Nora climbed the stairs of the mill. Up there it was dark.", True),
        ("Nora climbed the stairs of the mill. Up there.", False),
        ("The mill had a door that nobody had ever seen.", False),
        ("", False),
    ],
)
def test_eight_words_in_a_row_that_come_later_are_found(
    unread: UnreadBook, text: str, is_ahead: bool
) -> None:
    assert unread.holds_run(text) is is_ahead


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nora found a goose.", []),
        ("Gusta is the goose.", ["gusta"]),
        ("They fly to Torland, Gusta’s home.", ["torland", "gusta"]),
        ("The goose is Up there. Then Why?", []),
        ("the gusta of torland", []),
    ],
)
def test_names_that_come_later_are_found(unread: UnreadBook, text: str, names: list[str]) -> None:
    assert unread.names_in(text) == names


def test_at_the_books_end_nothing_is_unread() -> None:
    book = book_structure(make_book(READ, REST).pk)
    unread = UnreadBook(book, book.word_count - 1)
    assert not unread.holds_run(REST)
    assert unread.names_in(REST) == []


def test_where_every_noun_has_a_capital_no_name_is_guessed() -> None:
    text = "Da ging der Mann in das Haus und sah den Hund mit der Katze. " * 3
    unread = UnreadBook(book_structure(make_book("Es war ein Mal. " + text).pk), 3)
    assert unread.names_in("Der Hund und die Katze.") == []


def test_scripts_without_spaces_are_compared_by_their_letters() -> None:
    assert tokens("风来了。 Hello, it's") == ["风", "来", "了", "hello", "it", "s"]


@given(st.lists(st.sampled_from("ab"), max_size=40), st.integers(0, 40))
def test_equal_runs_hash_alike_wherever_they_stand(words: list[str], start: int) -> None:
    part = words[start : start + 8]
    at_start = run_hashes(words)[start : start + 1].tolist()
    assert at_start == (run_hashes(part).tolist() if len(part) == 8 else [])
