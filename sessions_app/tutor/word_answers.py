"""Answers about a word or the sentence that the child is in."""

from collections.abc import Iterator, Mapping

from library.lemmas import headwords, plain, stem, word_set
from library.wording import never_defined

from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, USE_THE_WORD, Draft, quoted
from .guard import ask_a_grown_up
from .passages import Passages, terms
from .types import Citation, Definition, Dictionary, Question, Sentence

_MOST_QUOTED = 32
_WORD_SUGGESTIONS = (CONTINUE, USE_THE_WORD, HEAR_AGAIN)
#: Words so common that no child needs them explained when a whole sentence is the question.
_SIMPLE_LENGTH = 5
# Long, and known to everybody who can read them: a hard sentence is hard for another word.
_EASY = word_set(
    "everyone everything everybody something someone somebody anything anyone nothing nobody"
    " another because before behind around always together morning evening afternoon tonight"
    " tomorrow yesterday friend people person children mother father brother sister family"
    " answer little follow happen listen second minute animal window garden kitchen school"
    " teacher letter number picture summer winter yellow orange purple without between outside"
    " inside myself himself herself itself birthday question remember"
)


def define(
    word: str, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft | None:
    """What a word means: by the book's glossary, else by the dictionary; None when unknown."""
    if never_defined(word):
        return Draft(ask_a_grown_up(word), suggestions=(CONTINUE, ASK_MORE))
    where = _standing_in(word, question, passages)
    definition = in_glossary(word, question.glossary)
    if definition is None and dictionary is not None:
        definition = _in_dictionary(word, where.text if where else question.sentence, dictionary)
    if definition is None:
        return None
    text = _meaning(word, definition)
    citations: tuple[Citation, ...] = ()
    if where is not None and len(where.text.split()) <= _MOST_QUOTED:
        quote, citations = quoted([where], _MOST_QUOTED)
        text = f"{text} In the story: {quote}"
    elif definition.examples:
        text = f"{text} For example: “{_as_sentence(definition.examples[0])}”"
    return Draft(text, "definition", definition, citations, _WORD_SUGGESTIONS)


def unknown_word(word: str, question: Question, passages: Passages) -> Draft:
    """Saying honestly that a word is not known, with a way on."""
    where = _standing_in(word, question, passages)
    what = "what that is" if " " in word else f"the word “{word}”"
    text = f"I do not know {what}, I am sorry."
    if where is None or len(where.text.split()) > _MOST_QUOTED:
        return Draft(f"{text} Your teacher or somebody at home may know it.")
    quote, citations = quoted([where], _MOST_QUOTED)
    text = f"{text} Here it is in the story: {quote} Can you guess from that? Or ask a grown-up."
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE))


def explain_sentence(
    question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft:
    """Help with the sentence that the child is in: its hard words, at most two of them."""
    here = passages.sentences[-1] if passages.sentences else None
    if here is None:
        return Draft("Let us begin to read, and then ask me again!", suggestions=(CONTINUE,))
    quote, citations = quoted([here], 60)
    hard = _hard_words(question, here, dictionary)
    if not hard:
        text = (
            f"Let us read it slowly once more: {quote} Which word in it is hard? Ask me about it!"
        )
        return Draft(text, "explanation", citations=citations, suggestions=(HEAR_AGAIN, ASK_MORE))
    meanings = " ".join(_meaning(word, definition) for word, definition in hard)
    text = f"Let us take it slowly. {meanings} Now read it once more: {quote}"
    return Draft(text, "explanation", hard[0][1], citations, (HEAR_AGAIN, ASK_MORE, CONTINUE))


def in_glossary(word: str, glossary: Mapping[str, str]) -> Definition | None:
    """What the book's own glossary says about a word, in whatever form either has it."""
    wanted = plain(word)
    by_word = {plain(entry): entry for entry in glossary}
    for candidate in (wanted, *(headword.word for headword in headwords(wanted))):
        if candidate in by_word:
            return Definition(by_word[candidate], glossary[by_word[candidate]])
    for entry in glossary:
        if stem(entry) == stem(wanted):
            return Definition(entry, glossary[entry])
    return None


def _in_dictionary(word: str, context: str, dictionary: Dictionary) -> Definition | None:
    entry = dictionary.look_up(word, context)
    if entry is None:
        return None
    sense = entry.senses[0]
    return Definition(entry.word, sense.definition, sense.examples, sense.related_words)


def _meaning(word: str, definition: Definition) -> str:
    meaning = _clause(definition.definition)
    asked = plain(word)
    if asked == plain(definition.word):
        return f"“{_capital(definition.word)}” means {meaning}."
    return f"“{_capital(asked)}” comes from the word “{definition.word}”, which means {meaning}."


def _clause(text: str) -> str:
    """A definition as it goes on after "means": no capital article, no full stop."""
    text = text.strip().rstrip(".")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in ("A", "An", "The", "To", "When") else text


def _as_sentence(example: str) -> str:
    example = _capital(example.strip())
    return example if example.endswith((".", "!", "?")) else f"{example}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _standing_in(word: str, question: Question, passages: Passages) -> Sentence | None:
    """The sentence with this word: the child's own, else the last one read that has it."""
    here = passages.sentences[-1:]
    wanted = stem(word) if " " not in word else ""
    for sentence in [*here, *reversed(passages.sentences)]:
        if wanted and wanted in _stems(sentence.text):
            return sentence
        if not wanted and word.lower() in sentence.text.lower():
            return sentence
    return None


def _stems(text: str) -> set[str]:
    return {stem(word) for word in text.replace("—", " ").split()}


def _hard_words(
    question: Question, here: Sentence, dictionary: Dictionary | None
) -> list[tuple[str, Definition]]:
    return list(_explained(question, here, dictionary))[:2]


def _explained(
    question: Question, here: Sentence, dictionary: Dictionary | None
) -> Iterator[tuple[str, Definition]]:
    words = [plain(word) for word in here.text.replace("—", " ").split()]
    words = [word for word in dict.fromkeys(words) if terms(word) and not never_defined(word)]
    unexplained = []
    for word in words:
        found = in_glossary(word, question.glossary)
        if found is not None:
            yield word, found
        else:
            unexplained.append(word)
    if dictionary is None:
        return
    names = {part.lower() for name in question.people for part in name.split()}
    for word in sorted(unexplained, key=len, reverse=True):
        if len(word) <= _SIMPLE_LENGTH or word in names:
            continue
        found = _in_dictionary(word, here.text, dictionary)
        if found is not None and found.word not in _EASY:
            yield word, found
