"""A school's terms, on the page of the school."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from ..models import School, Term

if TYPE_CHECKING:
    Formsets = forms.BaseInlineFormSet[Term, School, forms.ModelForm[Term]]
    TermRows = admin.TabularInline[Term, School]
else:
    Formsets, TermRows = forms.BaseInlineFormSet, admin.TabularInline


class TermFormset(Formsets):
    def clean(self) -> None:
        """No day is in two terms, and no year goes on while another is under way."""
        super().clean()
        rows = [form for form in self.forms if _is_whole(form)]
        rows.sort(key=lambda form: form.cleaned_data["first_day"])
        for before, form in pairwise(rows):
            if form.cleaned_data["first_day"] <= before.cleaned_data["last_day"]:
                form.add_error("first_day", f"{before.cleaned_data['name']} is not over then.")
        years: list[str] = []
        for form in rows:
            year = form.cleaned_data["school_year"]
            if year in years[:-1]:
                form.add_error("school_year", f"{years[-1]} begins before {year} is over.")
            if year not in years:
                years.append(year)


def _is_whole(form: Any) -> bool:
    cleaned = getattr(form, "cleaned_data", {})
    wanted = ("first_day", "last_day", "name", "school_year")
    return not cleaned.get("DELETE") and all(cleaned.get(name) for name in wanted)


class TermsInline(TermRows):
    model = Term
    formset = TermFormset
    extra = 1
    fields = ("school_year", "name", "first_day", "last_day")
    ordering = ("-first_day",)
    verbose_name_plural = "terms (what reports mean by a term and by a school year)"
