"""The formulas of an EPUB, each with the words of its chapter that say it."""

from __future__ import annotations

from collections.abc import Sequence

from ..imported import ImportedChapter, ImportedFormula
from .chapters import Draft
from .documents import Document


def add_formulas(
    documents: Sequence[Document], pairs: Sequence[tuple[Draft, ImportedChapter]]
) -> None:
    """Give the chapters their formulas; one whose words are left out goes with them."""
    for document in documents:
        for formula in document.read.formulas:
            for draft, chapter in pairs:
                words = draft.words_within(document.name, formula.begin, formula.end)
                if words is not None:
                    chapter.formulas.append(
                        ImportedFormula(
                            words.first, words.length, formula.mathml, words.before, words.after
                        )
                    )
    for _, chapter in pairs:
        chapter.formulas = _apart(chapter.formulas)


def _apart(formulas: list[ImportedFormula]) -> list[ImportedFormula]:
    """In the order of the text, without those that share a word with the one before."""
    kept: list[ImportedFormula] = []
    for formula in sorted(formulas, key=lambda each: each.first_word):
        if not kept or formula.first_word >= kept[-1].first_word + kept[-1].words:
            kept.append(formula)
    return kept
