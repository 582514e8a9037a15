"""The API's description of itself, and its page. Only for looking, whatever is asked with it."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """OpenAPI 3, as YAML or as JSON: whichever ``Accept`` prefers."""

    http_method_names = ["get", "head"]
    content_negotiation_class = DefaultContentNegotiation

    def _get_version_parameter(self, request: Request) -> None:
        """There is one version. The framework puts what is asked for into a header as it is."""


class DocsView(SpectacularSwaggerSplitView):
    http_method_names = ["get", "head"]
    url_name = "schema"
    template_name = "api/docs.html"


_ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {"type": "object", "additionalProperties": True},
            },
        }
    },
}
_AS_ERROR: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def add_error_shape(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular: every refusal has the one error shape, and
    whoever must be signed in may turn out not to be."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = _ERROR
    for calls in result["paths"].values():
        for call in calls.values():
            if call.get("security"):
                call["responses"].setdefault("401", {"description": "Nobody is signed in."})
            for status, answer in call["responses"].items():
                if int(status) >= 400:
                    answer["content"] = _AS_ERROR
    return result
