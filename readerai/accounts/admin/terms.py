"""A school's terms, on the page of the school."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from ..models import Term
from ..terms import TermDays, clashes, keep_terms_from_rosters


class TermFormset(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if _is_whole(form)]
        terms = [TermDays(*(form.cleaned_data[name] for name in TermDays._fields)) for form in rows]
        for position, field, reason in clashes(terms):
            rows[position].add_error(field, reason)

    def save(self, commit: bool = True) -> list[Term]:
        """Terms that somebody put a hand to are theirs: no roster changes one of them again."""
        saved = super().save(commit)
        if commit and self.has_changed():
            keep_terms_from_rosters(self.instance)
        return saved


def _is_whole(form: Any) -> bool:
    cleaned = getattr(form, "cleaned_data", {})
    return not cleaned.get("DELETE") and all(cleaned.get(name) for name in TermDays._fields)


class TermsInline(admin.TabularInline):
    model = Term
    formset = TermFormset
    extra = 1
    fields = ("school_year", "name", "first_day", "last_day")
    ordering = ("-first_day",)
    verbose_name_plural = "terms (what reports mean by a term and by a school year)"
