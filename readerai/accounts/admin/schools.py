from __future__ import annotations

import zoneinfo

from django import forms
from django.contrib import admin

from ..models import School
from .mixins import NoDeleteAdmin
from .roster_page import RosterPage
from .terms import TermsInline


class SchoolForm(forms.ModelForm):
    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise forms.ValidationError(
                "There is no such time zone. One looks like this: Europe/Berlin."
            ) from None
        return name


@admin.register(School)
class SchoolAdmin(NoDeleteAdmin, RosterPage):
    form = SchoolForm
    list_display = ("name", "slug", "time_zone", "retention_days")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TermsInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "time_zone", "source_id")}),
        ("Children in trouble", {"fields": ("helpline",)}),
        ("How long things are kept", {"fields": ("retention_days", "access_log_retention_days")}),
        ("Consent and data processing", {"fields": ("consent_note", "processing_note")}),
        ("The language model", {"fields": ("model_allowed", "model_cents_a_day")}),
    )
