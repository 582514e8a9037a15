"""Recognising a child in trouble: how often, on sentences tuned on and on others."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.concern import NO_CONCERN
from sessions_app.tutor.guard import Context, about_own_life, assess
from sessions_app.tutor.guard.recognition.spelling import plain_words
from tools.measure_guard import judged, main, share_right

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["concerns_dev.tsv", "concerns_test.tsv"])
def test_most_trouble_is_heard_and_little_else(name: str) -> None:
    sentences = judged(HERE / name)
    assert share_right(sentences, "grave") >= 0.9
    assert share_right(sentences, "mild") >= 0.8
    assert share_right(sentences, "none") >= 0.98


@pytest.mark.parametrize("name", ["short_dev.tsv", "short_test.tsv"])
def test_short_questions_commands_and_noises_alarm_nobody(name: str) -> None:
    # A sentence more of trouble that is heard weighs more than one more false alarm.
    assert share_right(judged(HERE / name), "none") >= 0.96


def test_measuring_prints_no_sentence_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(HERE / "concerns_dev.tsv")])
    printed = capsys.readouterr().out
    assert "grave recognised as grave" in printed
    assert "hit" not in printed


@pytest.mark.parametrize(
    ("text", "severity", "kind"),
    [
        ("i want to kill my self", "grave", "self_harm"),
        ("i wanna kms", "grave", "self_harm"),
        ("my stepdad comes in my room at night", "grave", "touching"),
        ("mommy locks me in the closet", "grave", "abuse"),
        ("im scared of dad", "grave", "abuse"),
        ("mi papá me pega", "grave", "abuse"),
        ("My step dad said he will kill us", "grave", "abuse"),
        ("theres no food at home", "grave", "neglect"),
        ("someone on roblox asked me for a picture", "grave", "online"),
        ("he said its our secret and not to tell mom", "grave", "secret"),
        ("my dad has a gun and he is mad at my mom", "grave", "weapons"),
        ("im going to run away tonight", "grave", "running_away"),
        ("nobody plays with me", "mild", "bullying"),
        ("my parents fight every night", "mild", "family"),
        ("i feel so lonely", "mild", "unhappy"),
    ],
)
def test_trouble_has_its_severity_and_kind(text: str, severity: str, kind: str) -> None:
    found = assess(text)
    assert (found.severity, found.kind) == (severity, kind)
    assert found.recognised_by
    assert text not in found.recognised_by


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i WANNA  kiiill my self!!", "i want to kill myself ."),
        ("mydadhitsme", "my dad hits me"),
        ("my d4d h1ts me", "my dad hits me"),
        ("he k.i.l.l.s me", "he kills me"),
        ("dont tuch me", "do not touch me"),
        ("mi papá m pega", "mi papa m pega"),
        ("my step-dad hts me", "my stepdad hits me"),
        ("im skared of dady", "i am scared of daddy"),
    ],
)
def test_childrens_spelling_is_read(typed: str, meant: str) -> None:
    assert " ".join(plain_words(typed)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "why does the lion say I want to die",
        "what does “nobody loves me” mean",
        "“I will kill you,” said the witch. Why?",
        "in my game a zombie killed me",
        "i had a dream that my dad left me in the woods",
        "if i was hansel i would run away",
        "my mom will kill me if i lose this book",
        "And why?",
        "and then?",
        "tell me",
        "i am dying to know what happens",
        "why did his stepfather lock him in the cellar",
        "por qué dice la niña quiero morir",
    ],
)
def test_stories_dreams_and_figures_are_nobodys_trouble(text: str) -> None:
    assert not assess(text).is_marked


def test_words_of_the_sentence_in_hand_are_the_books() -> None:
    said = "my father beats me every night"
    assert assess(said).severity == "grave"
    context = Context(sentence="“My father beats me every night,” said Huck.")
    assert not assess(said, context).is_marked


def test_a_touched_word_is_the_books_where_it_stands_there() -> None:
    sentence = "She had been hurt since the fall."
    assert assess("hurt", Context(sentence=sentence, touched=True)) == NO_CONCERN
    assert assess("since", Context(sentence=sentence, touched=True)) == NO_CONCERN
    typed = "he hurts me every night"
    assert assess(typed, Context(sentence=sentence, touched=True)).severity == "grave"


def test_a_relative_in_the_book_is_the_childs_only_with_my() -> None:
    book = Context(people=("Dad", "Mum"))
    assert not assess("dad hits mum", book).is_marked
    assert assess("my dad hits my mum", book).severity == "grave"
    assert assess("dad hits mum").severity == "grave"


def test_telling_of_ones_own_life_is_known() -> None:
    assert about_own_life("my brother did that thing again at home")
    assert not about_own_life("why did the wolf do that")
    assert not about_own_life("can i read with my mom")


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert assess(text, Context(people=(text[:20],), sentence=text[5:])).severity


@pytest.mark.parametrize(
    "text", ["why " * 2000, "my dad " * 700, "x" * 5000, "a b c " * 900, "@" * 3000]
)
def test_a_long_text_is_bounded(text: str) -> None:
    begun = time.process_time()
    assess(text)
    assert time.process_time() - begun < 5  # seconds; no backtracking without end
