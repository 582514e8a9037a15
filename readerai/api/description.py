"""The API's description of itself, and its page. Only for looking, whatever is asked with it."""

from __future__ import annotations

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
