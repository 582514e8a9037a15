"""The REST calls about sessions. Reads go through ``visible_to``; writes call the domain."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, cast

import msgspec
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.bodies import whole_body_of
from library.models import Book
from readerai.accounts.login.sign_ins import issue_ticket
from readerai.accounts.models import Classroom, SignIn, Student, User
from readerai.api.errors import ApiError
from readerai.api.paging import PAGING, Page, page_of
from readerai.clock import shared_clock
from readerai.monitoring import capacity
from readerai.querying import one_or_none

from ..domain import audit, lifecycle, queries
from ..domain.errors import Invalid, SessionNotFound
from ..domain.hand.loading import vault_of
from ..domain.overviews import summaries
from ..models import AccessLogEntry, Event, Session
from ..protocol.server import SessionState, wire_time
from ..protocol.summary import SessionSummary
from ..records.session_access import log_list_access, log_session_access
from .bodies import EventBody, StartedBody, TicketBody
from .serializers import StartSerializer, TicketForSerializer

SESSIONS_PER_TEN_MINUTES = 60
_MAY_LOOK = "sessions_app.view_event"


def _user(request: Request) -> User:
    return cast(User, request.user)


def reader(request: Request) -> User:
    """Somebody who may see sessions here: a student or a teacher."""
    user = _user(request)
    if not (user.is_student or user.is_teacher):
        raise PermissionDenied
    return user


def websocket_url(request: Request, path: str) -> str:
    """The absolute address of a socket on the host that was asked."""
    scheme = "wss" if request.is_secure() else "ws"
    return f"{scheme}://{request.get_host()}{path}"


def _ticket(request: Request, path: str) -> TicketBody:
    ticket = issue_ticket(cast(SignIn, request.auth), path)
    return TicketBody(websocket_url(request, path), ticket.text, wire_time(ticket.expires_at))


class SessionPage(Page):
    ordering = ("-started_at", "id")


class EventPage(Page):
    ordering = ("seq",)


class SessionsView(APIView):
    @extend_schema(
        operation_id="list_sessions",
        parameters=[
            OpenApiParameter("status", str, enum=["active", "paused", "completed"]),
            OpenApiParameter("book", str, description="A bookId."),
            OpenApiParameter("student", str, description="A studentId."),
            *PAGING,
        ],
        responses={
            200: page_of(SessionSummary),
            400: OpenApiResponse(description="A filter."),
            403: OpenApiResponse(description="Only students and teachers have sessions to see."),
        },
    )
    def get(self, request: Request) -> Response:
        """Your own sessions, or your students'; the newest first."""
        page = SessionPage()
        rows = page.paginate_queryset(self._filtered(request), request, self) or []
        if _user(request).is_teacher:
            log_list_access(_user(request), rows)
        return page.get_paginated_response(summaries(rows))

    def _filtered(self, request: Request) -> QuerySet[Session]:
        rows = Session.objects.visible_to(reader(request)).filter(key__erased_at=None)
        asked = request.query_params
        if any("\0" in value for value in asked.values()):
            raise ValidationError({"filter": ["This cannot be looked for."]})
        status = asked.get("status")
        if status:
            if status not in Session.Status.values:
                raise ValidationError({"status": ["One of active, paused, completed."]})
            rows = rows.filter(status=status)
        if asked.get("book"):
            rows = rows.filter(book__slug=asked["book"])
        if asked.get("student"):
            rows = rows.filter(student__slug=asked["student"])
        return rows.select_related("student", "book", "key", "presence")

    @extend_schema(
        operation_id="start_session",
        request=StartSerializer,
        responses={
            201: StartedBody,
            400: OpenApiResponse(description="The body is not right."),
            403: OpenApiResponse(description="Only students start sessions."),
            404: OpenApiResponse(description="No such student or book for you."),
            429: OpenApiResponse(description="Too many sessions begun; see Retry-After."),
            503: OpenApiResponse(description="This server is full; see Retry-After."),
        },
    )
    def post(self, request: Request) -> Response:
        """Start a new session of one's own."""
        user = _user(request)
        if not user.is_student:
            raise PermissionDenied
        body = StartSerializer(data=_texts(request.data, "studentId", "bookId"))
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        student = getattr(user, "student", None)
        book = one_or_none(Book.objects.visible_to(user).filter(slug=wanted["bookId"]))
        if student is None or student.slug != wanted["studentId"] or book is None:
            raise Http404
        if not capacity.has_room():
            raise ApiError(503, "full", "It is busy right now. Please try again.", retry_after=5)
        _not_too_often(student)
        try:
            started = lifecycle.start_with_ticket(
                student=student,
                book=book,
                sign_in=cast(SignIn, request.auth),
                start_word_index=wanted.get("startPosition") or 0,
                started_at=wanted.get("startTime"),
            )
        except Invalid as invalid:
            raise ValidationError({invalid.field: [_WRONG_START[invalid.field]]}) from None
        return Response(_started_body(request, book, started), status=201)


def _started_body(request: Request, book: Book, started: lifecycle.Started) -> StartedBody:
    session = started.session
    opened = queries.OpenedSession(session, started.vault, started.state, started.book)
    return StartedBody(
        id=session.pk,
        session_id=session.pk,
        websocket_url=websocket_url(request, f"/ws/{session.pk}"),
        websocket_ticket=started.ticket.text,
        book=whole_body_of(book, started.book),
        start_position=started.state.word_index,
        state=queries.session_state(opened),
    )


_WRONG_START: Final = {
    "startPosition": "The book has no such word.",
    "startTime": "That is more than five minutes ahead.",
}


def _texts(data: Any, *names: str) -> Any:
    """The body, if it is an object whose named fields are texts where they are there."""
    if not isinstance(data, dict):
        raise ValidationError({"body": ["An object is expected."]})
    wrong = {
        name: ["A text is expected."] for name in names if not isinstance(data.get(name, ""), str)
    }
    if wrong:
        raise ValidationError(wrong)
    return data


def _not_too_often(student: Student) -> None:
    if not settings.READERAI_RATE_LIMITS:
        return
    since = shared_clock.measured_now() - dt.timedelta(minutes=10)
    lately = Session.objects.filter(student=student, last_active_at__gt=since)
    if lately.count() >= SESSIONS_PER_TEN_MINUTES:
        raise ApiError(429, "too_fast", retry_after=60)


class SessionView(APIView):
    @extend_schema(
        operation_id="get_session",
        responses={
            200: SessionState,
            403: OpenApiResponse(description="Only students and teachers have sessions to see."),
            404: OpenApiResponse(description="None for you."),
        },
    )
    def get(self, request: Request, session_id: str) -> Response:
        """The whole state of a session."""
        user = reader(request)
        try:
            opening = queries.read_session(session_id, user)
        except SessionNotFound:
            raise Http404 from None
        if user.is_teacher:
            log_session_access(user, opening.session, AccessLogEntry.What.WORDS)
        return Response(queries.session_state(opening))


class EventsView(APIView):
    @extend_schema(
        operation_id="list_session_events",
        parameters=PAGING,
        responses={
            200: page_of(EventBody),
            403: OpenApiResponse(description="Only grown-ups read logs."),
            404: OpenApiResponse(description="None for you."),
        },
    )
    def get(self, request: Request, session_id: str) -> Response:
        """A session's own log, oldest first. For staff without the details, which are sealed:
        those the admin shows them, after they said why."""
        user = _user(request)
        if not (user.is_teacher or (user.is_staff_role and user.has_perm(_MAY_LOOK))):
            raise PermissionDenied
        session = (
            Session.objects.visible_to(user)
            .select_related("key", "student__user__school")
            .filter(pk=session_id, key__erased_at=None)
            .first()
        )
        if session is None:
            raise Http404
        log_session_access(user, session, AccessLogEntry.What.SESSION)
        vault = vault_of(session)
        page = EventPage()
        rows = page.paginate_queryset(Event.objects.filter(session=session), request, self) or []
        return page.get_paginated_response(
            [
                EventBody(
                    seq=row.seq,
                    kind=row.kind,
                    timestamp=wire_time(row.at),
                    details=msgspec.to_builtins(audit.facts_of(row, vault))
                    if user.is_teacher
                    else {},
                )
                for row in rows
            ]
        )


class TicketsView(APIView):
    @extend_schema(
        operation_id="create_ticket",
        request=TicketForSerializer,
        responses={
            201: TicketBody,
            400: OpenApiResponse(description="Neither a sessionId nor a classId."),
            403: OpenApiResponse(description="Of a session for students, of a class for teachers."),
            404: OpenApiResponse(description="None for you."),
        },
    )
    def post(self, request: Request) -> Response:
        """A ticket that opens one socket once, within a minute."""
        user = reader(request)
        body = TicketForSerializer(data=_texts(request.data, "sessionId", "classId"))
        body.is_valid(raise_exception=True)
        session_id = body.validated_data.get("sessionId")
        class_id = body.validated_data.get("classId")
        if bool(session_id) == bool(class_id):
            raise ValidationError({"body": ["Give a sessionId or a classId."]})
        if session_id:
            path = self._session_path(user, session_id)
        else:
            path = self._class_path(user, class_id)
        return Response(_ticket(request, path), status=201)

    def _session_path(self, user: User, session_id: str) -> str:
        if not user.is_student:
            raise PermissionDenied
        if not Session.objects.visible_to(user).filter(pk=session_id).exists():
            raise Http404
        return f"/ws/{session_id}"

    def _class_path(self, user: User, class_id: str) -> str:
        if not user.is_teacher:
            raise PermissionDenied
        if not Classroom.objects.visible_to(user).filter(slug=class_id).exists():
            raise Http404
        return f"/ws/classes/{class_id}"
