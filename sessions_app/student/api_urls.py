from django.urls import URLPattern, path

from ..live.stream import frames_view, stream_view
from .api import EventsView, SessionsView, SessionView, TicketsView
from .speech import AnswerSpeechView, SpeechView

urlpatterns: list[URLPattern] = [
    path("sessions", SessionsView.as_view(), name="api-sessions"),
    path("sessions/<str:session_id>", SessionView.as_view(), name="api-session"),
    path("sessions/<str:session_id>/events", EventsView.as_view(), name="api-session-events"),
    path(
        "sessions/<str:session_id>/interruptions/<str:interruption_id>/speech",
        AnswerSpeechView.as_view(),
        name="api-answer-speech",
    ),
    path("sessions/<str:session_id>/speech", SpeechView.as_view(), name="api-session-speech"),
    path("sessions/<str:session_id>/stream", stream_view, name="api-session-stream"),
    path("sessions/<str:session_id>/frames", frames_view, name="api-session-frames"),
    path("tickets", TicketsView.as_view(), name="api-tickets"),
]
