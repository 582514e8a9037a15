from django.urls import URLPattern, path

from .students import MeView
from .tokens import CurrentTokenView, TokensView

urlpatterns: list[URLPattern] = [
    path("tokens", TokensView.as_view(), name="api-tokens"),
    path("tokens/current", CurrentTokenView.as_view(), name="api-token-current"),
    path("students/me", MeView.as_view(), name="api-me"),
]
