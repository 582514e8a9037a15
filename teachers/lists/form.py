"""The fields of a reading list. What its title, note and books may be, ``library.reading_lists``
says in its own words."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict

from library.models import ReadingList
from library.reading_lists import LONGEST_NOTE, LONGEST_TITLE
from readerai.accounts.models import ClassGroup, Classroom, Student

from ..classes import enrolled_children

WHOLE_CLASS: Final = "class"
_NOBODY_CHOSEN: Final = "Choose whom the list is for."
_NO_DAY: Final = "That is not a day of the calendar. Write it as 2031-04-09."

#: Whom a list can be for, by its key in the form; None is the whole class.
Audiences = dict[str, ClassGroup | Student | None]


class ReadingListForm(forms.Form):
    """For a class that came from ``classes_of``. The audience is ``class``, ``group-<number>`` or
    ``child-<slug>``."""

    title = forms.CharField(
        required=False,
        widget=forms.TextInput({"maxlength": LONGEST_TITLE, "autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label="For",
        initial=WHOLE_CLASS,
        error_messages={"required": _NOBODY_CHOSEN, "invalid_choice": _NOBODY_CHOSEN},
    )
    finish_by = forms.DateField(
        label="By",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": _NO_DAY},
    )
    note = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_NOTE})
    )

    def __init__(
        self,
        classroom: Classroom,
        sent: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=initial, label_suffix="")
        for name in ("title", "note"):
            self.fields[name].validators.clear()
        groups = ClassGroup.objects.filter(classroom=classroom).order_by("name")
        by_group = {group_key(group.pk): group for group in groups}
        by_child = {child_key(child): child for child in enrolled_children(classroom)}
        self.audiences: Audiences = {WHOLE_CLASS: None, **by_group, **by_child}
        choices: list[Any] = [
            (WHOLE_CLASS, "The whole class"),
            ("Groups", [(key, group.name) for key, group in by_group.items()]),
            ("One child", [(key, child.display_name) for key, child in by_child.items()]),
        ]
        if self["audience"].value() not in self.audiences:
            # Asked anew, or the form would quietly say the whole class.
            choices.insert(0, ("", "Choose…"))
        self.fields["audience"].choices = [choice for choice in choices if choice[1]]  # type: ignore[attr-defined]


def group_key(pk: int) -> str:
    return f"group-{pk}"


def child_key(child: Student) -> str:
    return f"child-{child.slug}"


def audience_key(reading_list: ReadingList) -> str:
    """Whom a list is for, as the form has it; empty where that group is gone."""
    if reading_list.audience == ReadingList.Audience.GROUP:
        return group_key(reading_list.group_id) if reading_list.group_id else ""
    return WHOLE_CLASS if reading_list.student is None else child_key(reading_list.student)
