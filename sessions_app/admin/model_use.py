from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from ..models import ModelUse
from .read_only import ReadOnly

if TYPE_CHECKING:
    ModelUseAdmins = admin.ModelAdmin[ModelUse]
else:
    ModelUseAdmins = admin.ModelAdmin


@admin.register(ModelUse)
class ModelUseAdmin(ReadOnly, ModelUseAdmins):
    """What the schools' children took of the model, day by day."""

    list_display = (
        "day",
        "school",
        "requests",
        "input_tokens",
        "cache_write_tokens",
        "cache_read_tokens",
        "output_tokens",
        "dollars",
    )
    list_filter = ("school",)
    list_select_related = ("school",)
    date_hierarchy = "day"
    exclude = ("microdollars",)
    readonly_fields = ("dollars",)

    @admin.display(description="US dollars", ordering="microdollars")
    def dollars(self, use: ModelUse) -> str:
        return f"{use.microdollars / 1e6:.4f}"
