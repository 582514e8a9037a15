"""An answer read aloud: made on demand in a child process, within the session's CPU quota."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from library.narration.speaking import speak
from library.narration.spoken import SpeechProblem
from readerai.accounts.models import User
from readerai.api.errors import ApiError

from ..domain import audio_quota, queries, questions
from ..domain.audio_quota import QuotaUsed
from ..domain.errors import SessionNotFound
from ..models import Interruption

MOST_CPU_SECONDS = 10.0
LONGEST_TEXT = 4000


class SpeechView(APIView):
    @extend_schema(
        operation_id="get_answer_speech",
        responses={
            (200, "audio/mpeg"): OpenApiTypes.BINARY,
            403: OpenApiResponse(description="Only the student hears it."),
            404: OpenApiResponse(description="No such answer for you."),
            429: OpenApiResponse(description="The session's audio quota is used up."),
            503: OpenApiResponse(description="This server has no voice."),
        },
    )
    def get(self, request: Request, session_id: str, interruption_id: str) -> HttpResponseBase:
        """The answer to a question, read aloud."""
        user = request.user
        assert isinstance(user, User)
        if not user.is_student:
            raise PermissionDenied
        try:
            opening = queries.read_session(session_id, user)
        except SessionNotFound:
            raise Http404 from None
        row = Interruption.objects.filter(session=opening.session, pk=interruption_id).first()
        answer = None if row is None else questions.outcome_of(row, opening.vault)
        if answer is None or not answer.text:
            raise Http404
        try:
            granted = audio_quota.reserve(opening.session, wanted=MOST_CPU_SECONDS)
        except QuotaUsed as used_up:
            raise ApiError(
                429,
                "audio_quota",
                "I have read a lot aloud this hour. Please read this one yourself.",
                retry_after=used_up.retry_after,
            ) from None
        used = granted
        try:
            spoken = speak(
                answer.text[:LONGEST_TEXT], language=opening.book.language, cpu_seconds=granted
            )
            used = spoken.cpu_seconds
        except SpeechProblem:
            raise ApiError(503, "no_voice", "I cannot read aloud here right now.") from None
        finally:
            audio_quota.settle(opening.session, granted=granted, used=used)
        return HttpResponse(spoken.mp3, content_type="audio/mpeg")
