"""Server-sent events: open dashboards hear within a second that figures moved, and read their page again."""

import asyncio
import logging
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.mcd.indicators.models import Pulse

_LOOK = 0.05  # seconds between two looks at the newest pulse, shared by every open page of this process
_PAUSE = 1.0  # seconds after a look that failed: a database that restarts is not helped by haste
_KEEP_ALIVE = 15.0  # seconds of silence after which a comment keeps proxies from closing the connection

_log = logging.getLogger(__name__)


class Listening:
    """One look at the database for all open pages of this process."""

    def __init__(self) -> None:
        self.newest = 0
        self.villages: list[tuple[int, str]] = []
        self._moved: asyncio.Condition | None = None
        self._task: asyncio.Task[None] | None = None
        self._listeners = 0

    async def changes(self, area: str) -> AsyncIterator[bytes]:
        """Server-sent events for pages about `area`: one whenever something inside it, or everything, moved."""
        self._join()
        seen = self.newest
        try:
            yield b"retry: 2000\n\n"
            while True:
                if await self._wait(seen):
                    mine = [
                        number
                        for number, villages in self.villages
                        if number > seen and _touches(villages, area)
                    ]
                    seen = self.newest
                    if mine:
                        yield f"id: {mine[-1]}\nevent: figures\ndata: {mine[-1]}\n\n".encode()
                else:
                    yield b": masih di sini\n\n"
        finally:
            self._listeners -= 1

    def _join(self) -> None:
        self._listeners += 1
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done() or self._task.get_loop() is not loop:
            self._moved = asyncio.Condition()
            self._task = loop.create_task(self._watch())

    async def _wait(self, seen: int) -> bool:
        assert self._moved is not None
        async with self._moved:
            try:
                await asyncio.wait_for(self._moved.wait_for(lambda: self.newest > seen), _KEEP_ALIVE)
            except TimeoutError:
                return False
            return True

    async def _watch(self) -> None:
        """Look while anybody listens; the first look only learns where we are.

        A look that fails is written in the log and taken again: pages stay open for days, and hear of everything
        that moved meanwhile.
        """
        known = False
        while self._listeners > 0:
            try:
                if known:
                    await self._look()
                else:
                    first = await Pulse.objects.order_by("-id").values_list("id", flat=True).afirst()
                    self.newest, known = first or 0, True
                await asyncio.sleep(_LOOK)
            except Error:
                _log.warning(
                    "The newest pulse could not be read; trying again in %s s.", _PAUSE, exc_info=True
                )
                await sync_to_async(close_old_connections)()  # a broken one would fail for ever
                await asyncio.sleep(_PAUSE)

    async def _look(self) -> None:
        assert self._moved is not None
        newer = Pulse.objects.filter(id__gt=self.newest).order_by("id").values_list("id", "villages")
        fresh = [row async for row in newer]
        if fresh:
            async with self._moved:
                self.villages = (self.villages + fresh)[-1000:]
                self.newest = fresh[-1][0]
                self._moved.notify_all()


_listening = Listening()


@require_GET
@public
async def stream(request: HttpRequest, area: str) -> StreamingHttpResponse:
    """What moved, by number only: nothing about anybody is sent, the page asks again under its reader's rights."""
    answer = StreamingHttpResponse(_listening.changes(area), content_type="text/event-stream")
    answer["Cache-Control"] = "no-cache"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _touches(villages: str, area: str) -> bool:
    """Whether a change in these villages (everywhere, when empty) moves figures of `area`."""
    return not villages or any(code.startswith(area) or area.startswith(code) for code in villages.split())
