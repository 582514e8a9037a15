"""Waiting for what happens elsewhere, without guessing how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from .socket import PATIENCE


async def eventually(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    """Look again and again until `condition` holds."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                if await condition():
                    return
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{what} never happened") from None
