"""Read aloud for one session: an answer, or anything short that its page shows.

Made on demand in a speech process, within the session's CPU quota, in the voice that reads the
book. What was made at set-up costs nothing. Nothing is logged, and no sound is kept.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from library.narration.chapters import pronunciations_of, voice_of
from library.narration.fixed import find_fixed
from library.narration.speaking import speak, warm_up
from library.narration.spoken import SpeechProblem
from library.narration.voices.registry import find_voice
from readerai.accounts.models import User
from readerai.api.errors import ApiError

from ..domain import audio_quota, queries, questions
from ..domain.audio_quota import QuotaUsed
from ..domain.errors import SessionNotFound
from ..domain.queries import OpenedSession
from ..models import Interruption
from .serializers import SpeechTextSerializer

MOST_CPU_SECONDS = 10.0
LONGEST_ANSWER = 4000
_REFUSED = {
    (200, "audio/mpeg"): OpenApiTypes.BINARY,
    403: OpenApiResponse(description="Only the student hears it."),
    404: OpenApiResponse(description="No such answer or session for you."),
    429: OpenApiResponse(description="The session's audio quota is used up."),
    503: OpenApiResponse(description="This server has no voice."),
}


class AnswerSpeechView(APIView):
    @extend_schema(operation_id="get_answer_speech", responses=_REFUSED)
    def get(self, request: Request, session_id: str, interruption_id: str) -> HttpResponseBase:
        """The answer to a question, read aloud."""
        opening = _opened(request, session_id)
        row = Interruption.objects.filter(session=opening.session, pk=interruption_id).first()
        answer = None if row is None else questions.outcome_of(row, opening.vault)
        if answer is None or not answer.text:
            raise Http404
        return _spoken(opening, answer.text[:LONGEST_ANSWER], opening.session.book.language)


class SpeechView(APIView):
    @extend_schema(operation_id="create_speech", request=SpeechTextSerializer, responses=_REFUSED)
    def post(self, request: Request, session_id: str) -> HttpResponseBase:
        """Something that the page shows (a question, a meaning, a sentence of an answer that is
        still being written), read aloud."""
        opening = _opened(request, session_id)
        asked = SpeechTextSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        language = asked.validated_data.get("language") or opening.session.book.language
        return _spoken(opening, asked.validated_data["text"], language)


def _opened(request: Request, session_id: str) -> OpenedSession:
    user = request.user
    assert isinstance(user, User)
    if not user.is_student:
        raise PermissionDenied
    try:
        return queries.read_session(session_id, user)
    except SessionNotFound:
        raise Http404 from None


def _spoken(opening: OpenedSession, text: str, language: str) -> HttpResponseBase:
    book = opening.session.book
    voice = voice_of(book) if language == book.language else ""
    ready = _made_at_set_up(text, voice, language, book.level)
    if ready is not None:
        # What is always the same is said first; what only this session knows comes next.
        warm_up(voice, language)
        return HttpResponse(ready, content_type="audio/mpeg")
    try:
        granted = audio_quota.reserve(opening.session, wanted=_wanted(text))
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
            text,
            voice,
            language=language,
            grade=book.level,
            words=pronunciations_of(book),
            cpu_seconds=granted,
        )
        used = spoken.cpu_seconds
    except SpeechProblem:
        raise ApiError(503, "no_voice", "I cannot read aloud here right now.") from None
    finally:
        audio_quota.settle(opening.session, granted=granted, used=used)
    return HttpResponse(spoken.mp3, content_type="audio/mpeg")


def _wanted(text: str) -> float:
    """CPU seconds to set aside: several times what any voice takes, and little enough that the
    sentences of one answer may be asked for side by side."""
    return min(MOST_CPU_SECONDS, 2.0 + len(text) / 150)


def _made_at_set_up(text: str, voice: str, language: str, grade: int | None) -> bytes | None:
    try:
        name = voice or find_voice(language=language).name
    except SpeechProblem:
        return None
    path = find_fixed(text, name, grade) or find_fixed(text, name)
    return None if path is None else path.read_bytes()
