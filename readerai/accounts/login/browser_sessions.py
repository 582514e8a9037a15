"""Browsers' logins in the database, under a hash of the cookie that opens them.

Django's own table holds the cookies themselves: whoever read it, or a backup, could go on as
anybody who is signed in. (``SESSION_ENGINE``.)
"""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore as DjangoSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession

from ..secrets import secret_hash

_LENGTH = 40  # what the table's column takes, in hex: 160 bits


def stored_key(session_key: str) -> str:
    """The key under which a browser's login is stored."""
    return secret_hash(session_key)[:_LENGTH]


class SessionStore(DjangoSessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        cookie = self.session_key
        if cookie is None:
            return None
        self._session_key = stored_key(cookie)
        row: AbstractBaseSession | None = super()._get_session_from_db()  # type: ignore[misc]
        self._session_key = None if row is None else cookie
        return row

    async def _aget_session_from_db(self) -> AbstractBaseSession | None:
        row: AbstractBaseSession | None = await sync_to_async(self._get_session_from_db)()
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = await super().acreate_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        cookie = session_key or self.session_key
        if cookie is not None:
            super().delete(stored_key(cookie))

    async def adelete(self, session_key: str | None = None) -> None:
        cookie = session_key or self.session_key
        if cookie is not None:
            await super().adelete(stored_key(cookie))
