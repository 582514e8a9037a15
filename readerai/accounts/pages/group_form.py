"""The fields of a group: its name, and which of the class's children are in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from ..models import ClassGroup, Student

_LONGEST: Final = 80
_NEEDS_A_NAME: Final = f"A group needs a name of at most {_LONGEST} letters."
_GONE: Final = "Somebody chosen is not in this class any more. Please look again."


class GroupForm(forms.Form):
    """For a group as it is, or as it was ``sent``; without either for a new one."""

    name = forms.CharField(
        required=False,
        widget=forms.TextInput({"maxlength": _LONGEST, "required": True, "autocomplete": "off"}),
    )
    students = forms.MultipleChoiceField(
        label="Children",
        required=False,
        error_messages={"invalid_choice": _GONE},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        children: Sequence[Student],
        group: ClassGroup | None = None,
        members: Collection[Student] = (),
        sent: QueryDict | None = None,
    ) -> None:
        self._children, self.group = children, group
        key = "new" if group is None else group.pk
        initial: dict[str, Any] = {"students": [child.slug for child in members]}
        if group is not None:
            initial["name"] = group.name
        super().__init__(sent, initial=initial, auto_id=f"%s-{key}", label_suffix="")
        self.fields["name"].validators.clear()  # ``clean_name`` says it in a sentence of ours
        choices = self.fields["students"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(child.slug, child.display_name) for child in children]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name or len(name) > _LONGEST or not name.isprintable():
            raise forms.ValidationError(_NEEDS_A_NAME)
        return name

    @property
    def chosen(self) -> list[Student]:
        """The children of a form that is valid."""
        wanted = set(self.cleaned_data["students"])
        return [child for child in self._children if child.slug in wanted]

    @property
    def error(self) -> str:
        """The first thing that is wrong, in a sentence."""
        return next((str(errors[0]) for errors in self.errors.values()), "")
