"""HTTP: health, and beginning a session."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from bench.stock.models import StockChild, StockReading
from bench.stock.tickets import ticket_signer


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok")


def begin_stock_reading(request: HttpRequest) -> HttpResponse:
    """Begin a session of one's own; its ticket opens its socket for a minute."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    child = StockChild.objects.filter(token=token).first()
    if child is None:
        return JsonResponse({"error": "unauthenticated"}, status=401)
    wanted = json.loads(request.body)
    word = wanted["startPosition"]
    reading = StockReading.objects.create(
        child=child, book=wanted["bookId"], word_index=word, furthest_word_index=word
    )
    return JsonResponse(
        {
            "sessionId": reading.pk,
            "websocketTicket": ticket_signer(reading.pk).sign_object(child.pk),
            "startPosition": word,
        },
        status=201,
    )


urlpatterns = [path("healthz", healthz), path("api/sessions", begin_stock_reading)]
