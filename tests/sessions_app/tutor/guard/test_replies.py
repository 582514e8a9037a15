"""What a child in trouble reads: fitted to kind, age and language, and never only family."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from sessions_app.tutor.concern import KINDS, Severity
from sessions_app.tutor.guard import Concern, data, reply_to
from sessions_app.tutor.guard.replies import MOST_LITTLE_WORDS

SPOKEN = {"en": "i am here and my teacher is not", "es": "estoy en casa y quiero que me escuchen"}
CONTACT = "Ms. Rivera"
SEVERITIES: tuple[Severity, ...] = ("low", "mild", "grave")
ALL = list(product(SEVERITIES, KINDS, SPOKEN, (0, 1, 2, 6, None), (CONTACT, "")))


@pytest.mark.parametrize(("severity", "kind", "language", "grade", "contact"), ALL)
def test_every_concern_has_a_fitting_reply(
    severity: Severity, kind: str, language: str, grade: int | None, contact: str
) -> None:
    concern = Concern(severity, kind)  # type: ignore[arg-type]  # one of KINDS
    reply = reply_to(concern, SPOKEN[language], grade=grade, helpline=contact)
    assert ("teacher" in reply or "grown-up" in reply) == (language == "en")
    if grade in (0, 1):
        assert len(reply.split()) <= MOST_LITTLE_WORDS
    assert (CONTACT in reply) == (contact != "" and severity != "low")


def test_a_long_contact_does_not_make_a_small_childs_reply_long() -> None:
    concern = Concern("grave", "abuse")
    contact = "the school's helpline for children and young people, open from eight to eight"
    reply = reply_to(concern, SPOKEN["en"], grade=0, helpline=contact)
    assert len(reply.split()) <= MOST_LITTLE_WORDS
    assert contact in reply_to(concern, SPOKEN["en"], grade=4, helpline=contact)


def test_self_harm_abuse_hunger_and_sadness_have_their_own_words() -> None:
    for language in SPOKEN.values():
        replies = {
            reply_to(Concern("grave", kind), language)
            for kind in ("self_harm", "abuse", "touching", "neglect", "online", "weapons", "secret")
        } | {
            reply_to(Concern("mild", kind), language) for kind in ("bullying", "family", "unhappy")
        }
        assert len(replies) == 10


def test_no_reply_names_only_the_family() -> None:
    replies = tomllib.loads((Path(data.FOLDER) / "replies.toml").read_text(encoding="utf-8"))
    for language in ("en", "es"):
        for severity in SEVERITIES:
            for words in replies[language][severity].values():
                assert "family" not in words["older"]
                assert "familia" not in words["older"]
