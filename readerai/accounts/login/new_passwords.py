"""How a grown-up gets another password: with the old one, by a link in a mail, by one from staff.

The link holds its secret after a ``#``, where no server and no log sees it. It is signed over the
password as it is, so that it works once, for a day (``PASSWORD_RESET_TIMEOUT``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from readerai.logs import named

from ..models import Role, User
from .known_browsers import Visitor
from .limits import of_forgotten
from .sign_ins import end_sign_ins
from .throttling import throttled

log = logging.getLogger(__name__)


def set_password(user: User, password: str) -> None:
    """Give ``user`` another password, and end everything that came in by the old one. Raises
    ``Busy``."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        end_sign_ins([user])


def link_for(user: User) -> str:
    """An address at which whoever has it chooses a new password for ``user``, once."""
    number = urlsafe_base64_encode(str(user.pk).encode())
    secret = f"{number}.{default_token_generator.make_token(user)}"
    return f"{settings.READERAI_URL}{reverse('password-new')}#{secret}"


def user_of_link(secret: str) -> User | None:
    """Whose link this is; None for one that is spent, too old or nobody's."""
    number, _, token = secret.partition(".")
    try:
        pk = int(urlsafe_base64_decode(number).decode("ascii"))
    except ValueError:
        return None
    if not 0 < pk < 2**63:
        return None
    user = User.objects.filter(pk=pk, is_active=True).exclude(role=Role.STUDENT).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None


def mail_link(address: str, *, visitor: Visitor) -> None:
    """Send a link to the grown-ups with this mail address. Whether there are any cannot be told
    from outside, not even by how long it takes. Raises ``throttling.Locked``."""
    throttled(of_forgotten(visitor, address), lambda: None)  # each one counts
    people = User.objects.filter(email__iexact=address, is_active=True).exclude(role=Role.STUDENT)
    mails = [_mail(user) for user in people if user.email]
    threading.Thread(target=_send, args=[mails], daemon=True).start()


def _mail(user: User) -> EmailMessage:
    text = render_to_string("accounts/password_mail.txt", {"link": link_for(user)})
    return EmailMessage("A new password for ReaderAI", text, to=[user.email])


def _send(mails: Sequence[EmailMessage]) -> None:
    for mail in mails:
        try:
            mail.send()
        except Exception as failure:  # noqa: BLE001 - whatever a mail server says, it did not go
            log.warning("a link for a new password was not sent (%s)", named(failure))
