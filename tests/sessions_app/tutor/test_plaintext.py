"""A model's markup never shows, wherever the pieces are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.claude.plaintext import PlainText


def plain_text(text: str) -> str:
    plain = PlainText()
    return plain.feed(text) + plain.finish()


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**A cyclone** is a *big* _storm_.", "A cyclone is a big storm."),
        ("# Storm\n\nIt blows.", "Storm\nIt blows."),
        ("- wind\n- rain\n1. hail", "wind\nrain\nhail"),
        ("See [the map](http://x.y/z) now", "See the map now"),
        ("Go to https://a.bc/d?e=f. Yes", "Go to. Yes"),
        ("Go to www.foo.org or foo.com/x", "Go to or"),
        ("<b>Bold</b> and <a href='x y'>link</a>", "Bold and link"),
        ("`code` and ~~gone~~", "code and gone"),
        ("> said\n---\nDone", "said\nDone"),
        ("3 < 4 and snake_case, 12 - 3", "3 < 4 and snake_case, 12 - 3"),
        ("“Hop,” said Temi - and hopped.", "“Hop,” said Temi - and hopped."),
        ("  Well.  \n\n ", "Well."),
        ("", ""),
    ],
)
def test_markup_is_taken_out(marked: str, plain: str) -> None:
    assert plain_text(marked) == plain


SAMPLE = (
    "# Hi\n\n**A** *b* [c](http://d.e/f) https://g.hi/j. <b>k</b> <a href='l m'>n</a>\n"
    "- o\n1. p 3 < 4"
)


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1))
def test_how_the_text_is_cut_changes_nothing(sizes: list[int]) -> None:
    cleaner, shown, at, turn = PlainText(), "", 0, 0
    while at < len(SAMPLE):
        size = sizes[turn % len(sizes)]
        shown += cleaner.feed(SAMPLE[at : at + size])
        at, turn = at + size, turn + 1
    assert shown + cleaner.finish() == plain_text(SAMPLE)


def test_words_go_out_as_soon_as_they_are_whole() -> None:
    cleaner = PlainText()
    assert [cleaner.feed(piece) for piece in ("The wi", "nd blew ", "awa")] == [
        "The",
        " wind blew",
        "",
    ]
