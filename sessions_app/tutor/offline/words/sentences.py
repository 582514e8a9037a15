"""Help with the sentence that the child is in: what it means, and the same in easier words.

The two are different answers. The first explains what is hard in it and whom it speaks of; the
second says it again, easier.
"""

from collections.abc import Iterator

from library.language.lemmas import plain
from library.language.wording import never_defined

from ...types import Definition, Sentence
from ..drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft, capital, quoted
from ..retrieval.passages import terms
from ..story_so_far import StorySoFar
from ..understanding.intent import Intent
from .easier import easier_sentence, in_steps, is_well_known
from .idioms import Idiom, idioms_in
from .little_words import stands_for
from .meanings import in_dictionary, in_glossary, meaning

_LONGEST_QUOTED = 60
_MOST_EXPLAINED = 2
_SHORTEST_HARD = 5
_BEGINNING = Draft("Let us begin to read, and then ask me again!", suggestions=(CONTINUE,))
_WAYS_ON = (HEAR_AGAIN, ASK_MORE, CONTINUE)


def about_sentence(intent: Intent, story: StorySoFar) -> Draft | None:
    """ "What does this mean?" and "Say it in easier words"."""
    if intent.topic not in ("sentence", "easier"):
        return None
    if story.here is None:
        return _BEGINNING
    return (
        _explained(story, story.here) if intent.topic == "sentence" else _eased(story, story.here)
    )


def easier(story: StorySoFar, sentence: Sentence) -> str | None:
    """A sentence in easier words; None where it is as easy as we can make it."""
    if sentence.word_count > 3 * _LONGEST_QUOTED:
        return None
    return easier_sentence(sentence.text, story.names, story.dictionary, story.question.glossary)


def _eased(story: StorySoFar, here: Sentence) -> Draft:
    worded = easier(story, here)
    _, citations = quoted([here], _LONGEST_QUOTED)
    if worded is not None:
        text = f"In easier words: {worded}"
    else:
        steps = in_steps(here.text)
        if len(steps) > 1:
            text = f"Its words are easy ones already. Take it step by step: {' … '.join(steps)}"
        else:
            text = f"It is short and has easy words already: {quoted([here], _LONGEST_QUOTED)[0]}"
        who = _whom(story, here)
        text = f"{text} {who}".rstrip()
    phrase = next((one for one in idioms_in(here.text) if one.is_telling), None)
    hard = next(_hard_words(story, here, ()), None) if phrase is None else None
    if phrase is not None:
        text = f"{text} {_phrase(phrase)}"
    elif hard is not None and (worded is None or hard[0] in worded.lower()):
        text = f"{text} {meaning(*hard)}"
    return Draft(text, "explanation", None, citations, _WAYS_ON)


def _explained(story: StorySoFar, here: Sentence) -> Draft:
    quote, citations = quoted([here], _LONGEST_QUOTED)
    phrases = tuple(one for one in idioms_in(here.text) if one.is_telling)[:_MOST_EXPLAINED]
    hard = list(_hard_words(story, here, phrases))[: max(1, _MOST_EXPLAINED - len(phrases))]
    parts = [_phrase(phrase) for phrase in phrases]
    parts.extend(meaning(word, definition) for word, definition in hard)
    who = _whom(story, here)
    if who:
        parts.append(who)
    before = story.passages.sentences[-2:-1]
    if not parts and before:
        told, cited = quoted(before, _LONGEST_QUOTED // 2)
        parts.append(f"It goes on from what came just before: {told}")
        citations = (*cited, *citations)
    opening = "" if story.level > 1 else "Let us take it slowly. "
    worded = easier(story, here) if parts else None
    closing = f"Now read it once more: {quote}" if worded is None else f"So it says: {worded}"
    text = f"{opening}{' '.join(parts)} {closing}".strip()
    if not hard and not phrases:
        text = f"{text} Is there a word in it that you want to know? Ask me about it!"
    return Draft(text, "explanation", hard[0][1] if hard else None, citations, _WAYS_ON)


def _phrase(idiom: Idiom) -> str:
    return f"“{capital(idiom.standing)}”: to say “{idiom.phrase}” means {idiom.meaning}."


def _whom(story: StorySoFar, here: Sentence) -> str:
    """ "“She” is Nora here", where that is plain; else nothing."""
    words = [word.strip("“”‘’.,;:!?").lower() for word in here.text.split()]
    for pronoun in ("he", "she", "him", "her"):
        name = stands_for(pronoun, story) if pronoun in words else None
        if name is not None:
            return f"I think “{pronoun}” is {name} here."
    return ""


def _hard_words(
    story: StorySoFar, here: Sentence, phrases: tuple[Idiom, ...]
) -> Iterator[tuple[str, Definition]]:
    """The words of a sentence that need explaining, those of the book's glossary first."""
    words = [plain(word) for word in here.text.replace("—", " ").split()]
    words = [
        word for word in dict.fromkeys(words)
        if terms(word) and not never_defined(word) and not any(one.covers(word) for one in phrases)
    ]  # fmt: skip
    unexplained = []
    for word in words:
        own = in_glossary(word, story.question.glossary)
        if own is not None:
            yield word, own
        else:
            unexplained.append(word)
    for word in sorted(unexplained, key=len, reverse=True):
        if len(word) <= _SHORTEST_HARD or is_well_known(word) or story.names.of(word):
            continue
        found = in_dictionary(word, here.text, story.dictionary)
        if found is None or found[1] or is_well_known(found[0].word):
            continue
        if len(found[0].word) >= _SHORTEST_HARD:  # "jumping" is no harder than "jump"
            yield word, found[0]
