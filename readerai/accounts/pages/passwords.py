"""A grown-up's own password: another one, or a new one where the old one is forgotten."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..access import PersonRequest, manager_required
from ..login.known_browsers import Visitor, visitor_of
from ..login.new_passwords import mail_link, set_password, user_of_link
from ..login.passwords import user_with_password
from ..login.throttling import Locked
from ..models import User
from .redirects import sign_in_and_redirect

_LONGEST = 200
_OLD_LINK = "This link does not open anything any more. Ask for another one."


class OwnPasswordForm(PasswordChangeForm):
    """Tries at the old password are counted as those at the door are."""

    visitor: Visitor

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        try:
            user = user_with_password(self.user.username, old, visitor=self.visitor)
        except Locked as locked:
            raise forms.ValidationError(
                f"That was tried too often. Please wait {locked.minutes} min."
            ) from None
        if user != self.user:
            raise forms.ValidationError("That is not the password that you have now.")
        return old


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def own_password(request: PersonRequest) -> HttpResponse:
    """Another password for oneself; everywhere else one is signed out."""
    form = OwnPasswordForm(request.user, request.POST if request.method == "POST" else None)
    form.visitor = visitor_of(request)
    if not form.is_valid():
        return render(request, "accounts/own_password.html", {"form": form})
    set_password(request.user, form.cleaned_data["new_password1"])
    response = sign_in_and_redirect(request, request.user)
    messages.success(request, "Your password is changed. Everywhere else you are signed out.")
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """By a link: a script takes what stands after its # out of the address and into the form."""
    if request.method != "POST":
        return render(request, "accounts/new_password.html", {"form": SetPasswordForm(User())})
    link = request.POST.get("link", "")[:_LONGEST]
    user = user_of_link(link)
    if user is None:
        return render(request, "accounts/new_password.html", {"error": _OLD_LINK}, status=400)
    form = SetPasswordForm(user, request.POST)
    if not form.is_valid():
        return render(request, "accounts/new_password.html", {"form": form, "link": link})
    set_password(user, form.cleaned_data["new_password1"])
    messages.success(request, "Your new password is set. You can sign in with it now.")
    return redirect("login")


class _AddressForm(forms.Form):
    address = forms.EmailField(label="Your mail address", max_length=254)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Have a link sent. Without a mail server there is no such page: staff make links."""
    if not settings.READERAI_MAIL:
        raise Http404
    form = _AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/forgotten_password.html", {"form": form})
    try:
        mail_link(form.cleaned_data["address"], visitor=visitor_of(request))
    except Locked as locked:
        form.add_error("address", f"That was asked too often. Please wait {locked.minutes} min.")
        response = render(request, "accounts/forgotten_password.html", {"form": form}, status=429)
        response["Retry-After"] = str(locked.retry_after)
        return response
    return render(request, "accounts/forgotten_password.html", {"is_sent": True})
