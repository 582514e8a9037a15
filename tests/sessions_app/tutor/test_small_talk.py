"""What children say to the helper that is no question: each kind gets a kind answer of its own."""

import pytest

from library.language.dictionary import open_dictionary
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.offline.understanding import understand
from tests.sessions_app.tutor.stories import ask

DICTIONARY = open_dictionary()
TALK = {
    "greeting": ["hello", "hi my name is sam", "good morning!"],
    "thanks": ["thanks a lot", "ok", "cool story", "ok, got it"],
    "helper": ["are you real?", "what can you do", "can you help me"],
    "sad": [
        "I am sad", "im lonely", "my dog died", "i feel so sad today", "I'm scared of the dark",
        "my parents are getting divorced", "i miss my mom", "my dad yelled at me",
    ],
    "body": [
        "i need to pee", "can i go to the bathroom", "i feel sick", "i have a tummy ache",
        "im hungry", "my tooth hurts", "i am so tired",
    ],
    "bored": ["im bored", "this is boring", "I hate this book", "this story is too long"],
    "insult": ["you are stupid", "you suck", "shut up", "i hate you"],
    "laugh": ["haha", "lol", "that's so funny"],
    "chatter": ["yes", "idk", "never mind"],
    "play": ["tell me a joke", "pretend you are a pirate", "sing a song", "say a bad word"],
    "homework": [
        "do my homework", "what is the answer", "write an essay about this book", "is it b",
        "give me the answer to the quiz",
    ],
    "off_book": [
        "what is 7 times 8", "7x8", "what is the capital of France", "can i have a dog",
        "how do you say goose in Spanish",
    ],
    "true": ["is this a true story?", "did it really happen"],
    "reflect": ["what is the moral of the story", "what's the lesson", "what is the main idea"],
    "feeling": ["I like the goose", "i am scared of the goose", "I think he will find it"],
    "foreign": ["¿qué es una cabra?", "was ist eine Gans", "山羊是什么", "ما هذا"],
    "unclear": ["?", "😀"],
}  # fmt: skip
QUESTIONS = [
    "what is a good morning kiss", "ok what is a kite", "hello, who is Bram?", "why is she sad",
    "who is tired", "is Nora hungry", "what does bored mean", "can Nora fly", "did Gusta laugh",
    "what did she say about the answer", "why did he say shut up", "is the goose stupid",
    "how are kites made", "do geese like bread", "who is stupid", "das Kapital who wrote that",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in TALK.items() for text in texts]
)
def test_talk_is_heard_as_what_it_is(text: str, kind: str) -> None:
    asked = understand(text)
    assert (asked.topic, asked.subject) == ("talk", kind)
    draft = compose(ask(text), DICTIONARY)
    assert draft.concern.is_marked == (kind == "sad")
    assert not draft.flags
    assert not draft.citations
    assert draft.suggestions


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_not_taken_for_talk(text: str) -> None:
    assert understand(text).topic != "talk"


@pytest.mark.parametrize("text", ["I am sad", "my cat died", "i feel sick", "I need to pee"])
def test_whoever_is_sad_or_unwell_is_led_to_a_grown_up(text: str) -> None:
    answer = compose(ask(text), DICTIONARY).text
    assert "teacher" in answer
    assert "grown-up" in answer


def test_a_clicked_word_is_never_talk() -> None:
    assert understand("stupid", clicked=True).topic == "word"
    assert understand("hello", clicked=True).topic == "word"
