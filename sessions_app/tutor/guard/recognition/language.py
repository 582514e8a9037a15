"""Which of the two languages a child writes in."""

from functools import cache

from library.language.lemmas import word_set

from .. import data
from .inflection import spanish_forms
from .spelling import plain_words

_LITTLE = word_set(
    "que mi mis yo el la los las un una de en con por para porque como cuando es esta estoy"
    " tengo quiero soy muy mas pero nadie todos todo siempre nunca hoy ayer casa escuela le lo"
    " se si nos hay ya voy mama papa hermano triste miedo hambre comida donde quien siento"
    " gracias hola"
)
_ENGLISH = word_set("i my the is am are you he she they to and at of it was do not")


def looks_spanish(text: str) -> bool:
    """Whether more of its little words are Spanish than English."""
    words = plain_words(text)
    spanish = sum(word in _LITTLE or word in _verbs() for word in words)
    return spanish > sum(word in _ENGLISH for word in words)


@cache
def _verbs() -> frozenset[str]:
    verbs = data.toml("actions.toml")["verbs"]["es"]
    forms = {
        form for entries in verbs.values() for entry in entries for form in spanish_forms(entry)
    }
    return frozenset(form for form in forms if len(form) > 4)
