"""Signing in by a printed badge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..login.badges import student_of_badge
from .redirects import sign_in_and_redirect

_LONGEST = 100


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def badge(request: HttpRequest) -> HttpResponse:
    """A badge's address is ``/badge#secret``: what follows the # never reaches a server or a log.

    A script on the page takes it out of the address and posts it here. Its 256 random bits
    are not guessed, so wrong ones are not counted.
    """
    if request.method != "POST":
        return render(request, "accounts/badge.html")
    secret = request.POST.get("secret", "")
    student = student_of_badge(secret) if 0 < len(secret) <= _LONGEST else None
    if student is None:
        return render(request, "accounts/badge.html", {"is_old": True})
    return sign_in_and_redirect(request, student.user)
