"""Browsers' logins in the database, under a hash of the cookie that opens them.

Django's own table holds the cookies themselves: whoever read it, or a backup, could go on as
anybody who is signed in. (``SESSION_ENGINE``.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore as Store

from ..secrets import secret_hash

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession

_LENGTH = 40  # what the table's column takes, in hex: 160 bits


def stored_key(session_key: str) -> str:
    """Under what a browser's login is stored."""
    return secret_hash(session_key)[:_LENGTH]


class SessionStore(Store):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        cookie = self.session_key
        if cookie is None:
            return None
        self._session_key = stored_key(cookie)
        found: AbstractBaseSession | None = super()._get_session_from_db()  # type: ignore[misc]
        self._session_key = None if found is None else cookie
        return found

    async def _aget_session_from_db(self) -> AbstractBaseSession | None:
        found: AbstractBaseSession | None = await sync_to_async(self._get_session_from_db)()
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = super().create_model_instance(data)
        made.session_key = stored_key(made.session_key)
        return made

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = await super().acreate_model_instance(data)
        made.session_key = stored_key(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        cookie = session_key or self.session_key
        if cookie is not None:
            super().delete(stored_key(cookie))

    async def adelete(self, session_key: str | None = None) -> None:
        cookie = session_key or self.session_key
        if cookie is not None:
            await super().adelete(stored_key(cookie))
