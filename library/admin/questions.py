"""Questions beside the text, and the glossary, in the admin: choices a line each, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import slugify

from ..models import Book, Checkpoint, GlossaryEntry
from .scope import OfKeptBooks

if TYPE_CHECKING:
    CheckpointModelForm = forms.ModelForm[Checkpoint]
else:
    CheckpointModelForm = forms.ModelForm


class LinesField(forms.CharField):
    """A list of texts, a line each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class IdeasField(LinesField):
    """Ideas, a line each: words or phrases of which any will do, with commas between."""

    def prepare_value(self, value: Any) -> Any:
        lists = value if isinstance(value, list) else []
        return "\n".join(", ".join(idea) for idea in lists) if lists else value

    def to_python(self, value: Any) -> Any:
        lines = super().to_python(value)
        ideas = [[word.strip() for word in line.split(",") if word.strip()] for line in lines]
        return [idea for idea in ideas if idea]


class CheckpointForm(CheckpointModelForm):
    choices = LinesField(help_text="A line each; empty for an answer in the child’s own words.")
    accept = IdeasField(
        label="Ideas to listen for",
        help_text="Without choices: a line for each idea, words that show it with commas between.",
    )

    class Meta:
        model = Checkpoint
        fields = (
            "book", "at_word", "kind", "required", "question", "choices", "answer", "accept",
            "explanation", "slug",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = "Its name in addresses; made from the question if empty."

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        book = self.cleaned_data.get("book")
        if book is not None and not self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = _free_slug(book, self.cleaned_data.get("question", ""))
        return cleaned


def _free_slug(book: Book, question: str) -> str:
    base = slugify(question)[:60].strip("-") or "question"
    taken = set(book.checkpoints.filter(slug__startswith=base).values_list("slug", flat=True))
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


@admin.register(Checkpoint)
class CheckpointAdmin(OfKeptBooks):
    form = CheckpointForm
    list_display = ["slug", "book", "kind", "at_word", "required", "question"]
    list_filter = ["kind", "required", "book"]
    list_select_related = ["book"]
    search_fields = ["slug", "question", "book__title"]
    autocomplete_fields = ["book"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The place that a word of the preview leads to."""
        return {"kind": "comprehension"} | dict(super().get_changeform_initial_data(request))


@admin.register(GlossaryEntry)
class GlossaryAdmin(OfKeptBooks):
    list_display = ["headword", "kind", "book", "meaning", "first_word_index"]
    list_filter = ["kind", "book"]
    list_select_related = ["book"]
    search_fields = ["headword", "meaning", "book__title"]
    autocomplete_fields = ["book"]
