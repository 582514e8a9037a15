"""Whom a school has told of a child in trouble, and how often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from ..models import Role, SafeguardingContact, SafeguardingPolicy, User


class ContactFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """A contact works at the school, and can be reached."""
        super().clean()
        school = getattr(self.instance, "school", None)
        for form in self.forms:
            user = form.cleaned_data.get("user") if hasattr(form, "cleaned_data") else None
            if user is None or form.cleaned_data.get("DELETE"):
                continue
            if user.school != school:
                form.add_error("user", "This account does not belong to the school.")
            elif not user.email:
                form.add_error("user", "This account has no mail address.")


class ContactInline(admin.TabularInline):
    model = SafeguardingContact
    formset = ContactFormSet
    extra = 1

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            grown_ups = User.objects.filter(role__in=[Role.TEACHER, Role.STAFF], is_active=True)
            kwargs["queryset"] = grown_ups.order_by("last_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(SafeguardingPolicy)
class SafeguardingPolicyAdmin(admin.ModelAdmin):
    list_display = ("school", "repeat_minutes", "escalate_minutes", "named")
    inlines = (ContactInline,)

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("school",)

    @admin.display(description="contacts")
    def named(self, policy: SafeguardingPolicy) -> str:
        contacts = SafeguardingContact.objects.acting().filter(policy=policy)
        return ", ".join(str(contact) for contact in contacts.select_related("user")) or "none"
