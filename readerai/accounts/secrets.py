"""Random secrets that are handed out once and kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings


def new_secret() -> str:
    """256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def new_student_slug() -> str:
    """A child's public id. It stands in addresses, and so in logs: it holds no name."""
    return f"reader-{secrets.token_hex(6)}"


def secret_hash(secret: str) -> str:
    """SHA-256 as hex. Enough for random secrets; never for something that a person chose."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under ``SECRET_KEY``: a stable key for a name that must not be stored."""
    message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
