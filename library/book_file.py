"""A book's file as it is sent in a form."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from readerai.accounts.models import School
from readerai.uploads import as_file

from .importing.outcome import Outcome, import_one
from .models import Book

_ENDINGS: Final = (".epub", ".txt", ".md")


class BookFileForm(forms.Form):
    file = forms.FileField(
        label="The book",
        help_text="An .epub without copy protection, or plain text as .txt or .md.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(_ENDINGS)}),
    )
    level = forms.TypedChoiceField(
        label="School grade",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Estimate it from the words, in English"), ("0", "Kindergarten")]
        + [(str(grade), f"Grade {grade}") for grade in range(1, 13)],
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if Path(file.name or "").suffix.lower() not in _ENDINGS:
            raise forms.ValidationError("A book is a file whose name ends with .epub, .txt or .md.")
        if (file.size or 0) > settings.READERAI_MAX_BOOK_MIB * 1024 * 1024:
            raise forms.ValidationError(f"It is larger than {settings.READERAI_MAX_BOOK_MIB} MiB.")
        return file

    def import_it(self, school: School | None) -> tuple[Outcome, bool]:
        """Import the file that was sent as a draft; whatever is wrong with it is in the outcome."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        # A plain text is called after its file, if it does not say how it is called.
        with as_file(file, called="book") as copy:
            level = self.cleaned_data["level"]
            return import_one(copy, level, school=school, status=Book.Status.DRAFT)
