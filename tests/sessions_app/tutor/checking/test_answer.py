"""What no child is shown of what a model wrote."""

import pytest

from sessions_app.tutor.checking import AnswerCheck, Miss
from tests.sessions_app.tutor.stories import AHEAD, ask

FIT = (
    "The wind was under the kite, because Gusta hid it there.",
    "Bram cannot grind flour without the wind, so Nora looks for it.",
    "She says: “it blew my feathers about.” That made her cross.",
    "To promise means to say that you will surely do something.",
    "On Monday they could go to France.",
    "Maybe we find out later in the book!",
    "A “garret” is a room under the roof.",
    "No.",
    "The story does not say that yet.",
)


class Rest:
    """The book behind the place, in a test's own words."""

    def prepare(self) -> None:
        pass

    def holds_run(self, text: str) -> bool:
        return AHEAD[:-1] in text

    def names_in(self, text: str) -> list[str]:
        return [name for name in ("torland", "monday", "france", "nora") if name.title() in text]


def missed(
    *sentences: str, text: str = "Why did Nora go?", level: int = 2, language: str = "en"
) -> str:
    """What is wrong with the last of these, "" for nothing."""
    check = AnswerCheck(ask(text, reading_level=level, language=language, unread=Rest()))
    try:
        for sentence in sentences:
            check.look_at(sentence)
    except Miss as miss:
        return miss.kind
    return ""


@pytest.mark.parametrize("sentence", FIT)
@pytest.mark.parametrize("level", [0, 2, 6])
def test_what_is_fit_is_shown(sentence: str, level: int) -> None:
    assert missed(sentence, level=level) == ""


@pytest.mark.parametrize(
    ("sentences", "kind"),
    [
        (["What is your last name?"], "unfit"),
        (["You are", " so stupid."], "unfit"),
        ([f"And {AHEAD}"], "ahead"),
        (["Then the wind burst out", " and carried Gusta to the moon."], "ahead"),
        (["They fly to Torland."], "name"),
        (["She says “I hid the wind in a box of gold”."], "quotation"),
        (["He said “Wake up” and “nobody ever wrote this line”."], "quotation"),
        (["As an AI, I can tell you that."], "never said"),
        (["You can google it."], "never said"),
        (
            [
                "The protagonist experiences considerable psychological ambivalence regarding her "
                "grandfather's economic circumstances."
            ],
            "hard",
        ),
        (["And so " + "they go on and on " * 10 + "."], "hard"),
        (["Der Wind ist unter dem Drachen, weil die Gans ihn nicht mag."], "language"),
        (["Ветер спрятан под змеем, потому что гусь его не любит."], "language"),
        (["风藏在风筝下面。"], "language"),
    ],
)  # fmt: skip
def test_what_is_not_fit_is_found(sentences: list[str], kind: str) -> None:
    assert missed(*sentences) == kind


def test_a_child_may_be_answered_in_their_own_language() -> None:
    answer = "El viento está debajo de la cometa, porque la gansa lo escondió y no le gusta."
    assert missed(answer, text="¿Por qué se pararon las aspas del molino y qué es eso?") == ""
    assert missed(answer) == "language"
    assert missed(answer, language="es") == ""


def test_what_the_child_named_is_no_secret() -> None:
    assert missed("Torland is not in the part that you have read.", text="Where is Torland?") == ""


def test_a_quotation_with_something_left_out_is_the_books() -> None:
    assert missed("“Nora was sad … she climbed up to the garret” – so she was brave.") == ""
