"""The forms of a roster: for its preview, and for carrying it out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from readerai.uploads import as_file

from ..models import School
from ..rosters.importing import RosterImport, plan_import

_ENDINGS: Final = (".zip", ".csv", ".xlsx")
_LARGEST_MIB: Final = 16


class RosterForm(forms.Form):
    """Asks for the preview of a roster."""

    file = forms.FileField(
        label="The roster",
        help_text="OneRoster 1.1 or 1.2 as a .zip, or one spreadsheet: .xlsx, or .csv in UTF-8.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(_ENDINGS)}),
    )
    school = forms.ModelChoiceField(
        School.objects.order_by("name"),
        label="School",
        required=False,
        empty_label="The file says it",
        help_text="For a spreadsheet without a column for the school.",
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if Path(file.name or "").suffix.lower() not in _ENDINGS:
            raise forms.ValidationError(
                "A roster is a file whose name ends with .zip, .csv or .xlsx."
            )
        if (file.size or 0) > _LARGEST_MIB * 1024 * 1024:
            raise forms.ValidationError(f"It is larger than {_LARGEST_MIB} MiB.")
        return file

    @contextmanager
    def planned(self) -> Iterator[RosterImport]:
        """What the file that was sent would change; see ``rosters.importing.plan_import``."""
        school: School | None = self.cleaned_data["school"]
        with (
            as_file(self.cleaned_data["file"], called="roster") as path,
            plan_import(path, school=school.slug if school else "") as roster_import,
        ):
            yield roster_import

    def digest(self) -> str:
        """SHA-256 of the file."""
        digest = hashlib.sha256()
        for piece in self.cleaned_data["file"].chunks():
            digest.update(piece)
        return digest.hexdigest()


class _Ticked(forms.MultipleChoiceField):
    """The numbers of the look-alikes that were ticked; the plan knows how many there are."""

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 7


class ConfirmForm(RosterForm):
    """Asks for the same file again, and confirms the preview, whose seal ``shown`` is."""

    same = _Ticked(required=False, widget=forms.MultipleHiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    many_leave = forms.BooleanField(required=False)

    field_order = ("file", "many_leave", "school", "shown")

    def __init__(self, *args: Any, leaving: int = 0, staying: int = 0, **kwargs: Any) -> None:
        """``leaving`` is not 0 where so many would leave that it must be confirmed."""
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "The same file again"
        self.fields["file"].help_text = "What you sent before was not kept."
        self.fields["school"].widget = forms.HiddenInput()
        self.fields[
            "many_leave"
        ].label = f"Deactivate {leaving:,} people, though only {staying:,} would stay"
        if not self.is_bound and not leaving:
            del self.fields["many_leave"]
