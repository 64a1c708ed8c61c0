"""The public pages over HTTP: which address gives what, and what browsers and caches are told about it."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import structlog
from aiohttp import ETag, hdrs, web

from bot import sql
from bot.commits import mark_asked, mark_at_hand
from bot.database import CANNOT_CONNECT, DatabaseUnavailable, reader, reading
from bot.evidence.store import Store, StoreUnavailable
from bot.pages import preview, statements
from bot.pages.answers import HEADERS, answer, later, not_modified, packed, same
from bot.pages.asked import DATA, Asked, asked
from bot.pages.documents import encoded, indicator_document, unit_document
from bot.pages.kept import Kept, Made
from bot.pages.missing import Missing, missing
from bot.pages.openapi import document
from bot.pages.press import Press, PressUnavailable
from bot.pages.published import IndicatorPage, UnitPage
from bot.pages.reading import indicator_revision, read_indicator_page, read_unit_page, unit_revision
from bot.pages.render import STYLESHEET, Look, stylesheet, stylesheet_address, version
from bot.pages.shared import Shared
from bot.pages.sheets import as_csv, as_xlsx, indicator_details, indicator_rows, unit_details, unit_rows

_FOR_GOOD = "public, max-age=31536000, immutable"
_PICTURE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(-small)?\.jpg")
Page = IndicatorPage | UnitPage

_AWAY = (DatabaseUnavailable, *CANNOT_CONNECT)

_log = structlog.get_logger()


class Pages:
    """The pages and what keeps them fast. `open_store` is called when the first picture is asked for."""

    def __init__(self, base_url: str, now: Callable[[], datetime], open_store: Callable[[], Awaitable[Store]]) -> None:
        self._base_url = base_url
        self._now = now
        self._open_store = open_store
        self._store: Store | None = None
        self._press = Press()
        self._drawing = Press()
        self._marks = Shared()
        self._revisions = Shared()
        self._kept = Kept()
        self._making: dict[str, asyncio.Lock] = {}
        # One page at a time, beside the loop: while many are asked for, the turns have their half of the processor.
        self._rendering = asyncio.Semaphore(1)

    def routes(self) -> list[web.RouteDef]:
        """The start, everything under /indicators, /units, /pictures and /pages, and the OpenAPI document."""
        return [
            web.get("/", self._page),
            web.get(r"/indicators{rest:[\s\S]*}", self._page),
            web.get(r"/units{rest:[\s\S]*}", self._page),
            web.get("/pictures/{name:.*}", self._picture),
            web.get("/pages/{name:.*}", self._file),
            web.get("/openapi.json", self._openapi),
        ]

    def forget(self) -> None:
        """Let go of all that was made; it is made again when somebody asks."""
        self._kept.clear()

    async def _page(self, request: web.Request) -> web.StreamResponse:
        look = self._look(request)
        wanted = asked(request.path, look)
        try:
            if isinstance(wanted, Missing):
                return await self._missing(look, wanted)
            found = await self._found(wanted)
            if found is None:
                about = Missing(wanted.of_unit, wanted.code, wanted.fiscal_year, str(wanted.fiscal_year), wanted.ending)
                return await self._missing(look, about)
        except PressUnavailable as reason:
            return later(look, reason.word)
        except _AWAY as error:
            _log.warning("pages.database", error=type(error).__name__)
            return later(look, "page-broken")
        return answer(request, found)

    def _look(self, request: web.Request) -> Look:
        """Language and digits from the address alone, so that what is shared is what was seen."""
        return Look(
            self._base_url,
            "en" if request.query.get("lang") == "en" else "th",
            thai_digits=request.query.get("digits") == "thai",
            today=self._now().date(),
        )

    async def _found(self, asked: Asked) -> Made | None:
        """What was made before where nothing has changed since, which one statement tells, or that nobody committed."""
        mark = mark_at_hand() or await self._marks.ask("", mark_asked)
        if (kept := self._kept.at(asked.name, mark)) is not None:
            return kept
        revise = unit_revision if asked.of_unit else indicator_revision

        async def revision() -> str:
            return await revise(reader(), asked.code, asked.fiscal_year)

        tag = await self._revisions.ask(asked.path, revision)
        if (kept := self._kept.get(asked.name, tag, mark)) is not None:
            return kept
        # Many ask for the same page at once when it was shared: it is made once.
        lock = self._making.setdefault(asked.name, asyncio.Lock())
        try:
            async with lock:
                return self._kept.get(asked.name, tag, mark) or await self._make(asked, mark)
        finally:
            if not lock.locked():
                self._making.pop(asked.name, None)

    async def _make(self, asked: Asked, mark: str) -> Made | None:
        zone = self._now().tzinfo
        page: Page | None
        async with reading() as connection:
            if asked.of_unit:
                page = await read_unit_page(connection, asked.code, asked.fiscal_year, zone)
                tag = await unit_revision(connection, asked.code, asked.fiscal_year)
            else:
                in_full = asked.ending in DATA
                page = await read_indicator_page(connection, asked.code, asked.fiscal_year, zone, in_full=in_full)
                tag = await indicator_revision(connection, asked.code, asked.fiscal_year)
        if page is None:
            return None
        made = await self._made(asked, page, tag)
        if made.tag == tag:
            self._kept.keep(asked.name, made, mark)
        return made

    async def _made(self, asked: Asked, page: Page, tag: str) -> Made:
        look = asked.look
        if asked.ending == ".png":
            given = preview.of_unit(page, look) if isinstance(page, UnitPage) else preview.of_indicator(page, look)
            return packed(asked, tag, await self._drawing.preview(given))
        if asked.ending == ".pdf":
            thumbnails, whole = ({}, True) if isinstance(page, UnitPage) else await self._thumbnails(page)
            async with self._rendering:
                shown = await asyncio.to_thread(self._to_print, look, page, thumbnails)
            # Without a picture that may be had the next time it is of no state, so it is printed anew then.
            return packed(asked, tag if whole else f"{tag}-partly", await self._press.pdf(shown, STYLESHEET))
        async with self._rendering:
            return await asyncio.to_thread(lambda: packed(asked, tag, self._body(asked, page)))

    def _body(self, asked: Asked, page: Page) -> bytes:
        """Everything that takes time, and no connection."""
        look = asked.look
        if asked.ending == ".json":
            given = unit_document(page) if isinstance(page, UnitPage) else indicator_document(page, self._base_url)
            return encoded(given)
        if asked.ending in (".csv", ".xlsx"):
            if isinstance(page, UnitPage):
                rows, details = unit_rows(page, look), unit_details(page, look)
            else:
                rows, details = indicator_rows(page, look), indicator_details(page, look)
            return as_csv(rows) if asked.ending == ".csv" else as_xlsx(look, rows, details)
        shown = look.unit(page) if isinstance(page, UnitPage) else look.indicator(page, _picture_address)
        return shown.encode()

    async def _thumbnails(self, page: IndicatorPage) -> tuple[dict[str, str], bool]:
        """Pictures by their ids as they stand within a page, which opens no address; whether the store gave them."""
        rows = await sql.fetch(reader(), statements.PUBLIC_PICTURES, [each.id for each in page.pictures])
        thumbnails: dict[str, str] = {}
        whole = True
        for row in rows:
            try:
                data = await (await self._stored()).get(_file_name(row["path"], small=True))
                thumbnails[str(row["id"])] = f"data:{row['content_type']};base64,{b64encode(data).decode()}"
            except FileNotFoundError:
                continue
            except StoreUnavailable:
                whole = False
        return thumbnails, whole

    def _to_print(self, look: Look, page: Page, thumbnails: dict[str, str]) -> str:
        if isinstance(page, UnitPage):
            return look.unit(page)

        def address(picture_id: str, size: str) -> str:
            return thumbnails[picture_id] if size else f"{self._base_url}{_picture_address(picture_id, size)}"

        at_hand = tuple(each for each in page.pictures if each.id in thumbnails)
        return look.indicator(replace(page, pictures=at_hand), address)

    async def _missing(self, look: Look, asked: Missing) -> web.StreamResponse:
        async with reading() as connection:
            found = await missing(connection, look, asked)
        if found.moved_to:
            moved = web.HTTPMovedPermanently if found.for_good else web.HTTPFound
            raise moved(look.address(found.moved_to), headers=HEADERS)
        if asked.ending == ".json":
            body, kind = encoded({"error": found.said, "nearest": found.nearest}), "application/json"
        else:
            body, kind = look.missing("/", found.said, found.hint, found.ways).encode(), "text/html; charset=utf-8"
        headers = {**HEADERS, hdrs.CONTENT_TYPE: kind}
        return web.Response(body=body, status=HTTPStatus.NOT_FOUND, headers=headers)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        look, named = self._look(request), _PICTURE.fullmatch(request.match_info["name"])
        # Asked each time: a picture may have been hidden again, or its version replaced.
        try:
            wanted = [str(UUID(named[1]))] if named is not None else []
            rows = await sql.fetch(reader(), statements.PUBLIC_PICTURES, wanted)
            if named is None or not rows:
                return await self._missing(look, Missing())
        except _AWAY:
            return later(look, "page-broken")
        tag = f"{rows[0]['sha256'][:32]}{named[2] or ''}"
        if same(request, tag):
            return not_modified(tag)
        try:
            data = await (await self._stored()).get(_file_name(rows[0]["path"], small=bool(named[2])))
        except FileNotFoundError:
            raise web.HTTPNotFound(headers=HEADERS) from None
        except StoreUnavailable:
            raise web.HTTPServiceUnavailable(headers=HEADERS) from None
        response = web.Response(body=data, content_type=rows[0]["content_type"], headers=HEADERS)
        response.etag = ETag(tag)
        return response

    async def _stored(self) -> Store:
        if self._store is None:
            self._store = await self._open_store()
        return self._store

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.path != stylesheet_address():
            raise web.HTTPNotFound(headers=HEADERS)
        response = web.Response(body=stylesheet(), content_type="text/css", charset="utf-8", headers=HEADERS)
        response.headers[hdrs.CACHE_CONTROL] = _FOR_GOOD
        response.enable_compression()
        return response

    async def _openapi(self, request: web.Request) -> web.StreamResponse:
        if same(request, version()):
            return not_modified(version())
        body = encoded(document(self._base_url, version()))
        response = web.Response(body=body, content_type="application/json", headers=HEADERS)
        response.etag = ETag(version(), is_weak=True)
        response.enable_compression()
        return response


def _picture_address(picture_id: str, size: str) -> str:
    return f"/pictures/{picture_id}{size}.jpg"


def _file_name(path: str, *, small: bool) -> str:
    return f"{path.removesuffix('.jpg')}-small.jpg" if small else path
