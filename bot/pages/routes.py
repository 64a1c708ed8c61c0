"""The public pages over HTTP: which address gives what, and what browsers and caches are told about it."""

from __future__ import annotations

import asyncio
import gzip
import re
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import structlog
from aiohttp import ETag, hdrs, web

from bot import sql
from bot.database import CANNOT_CONNECT, DatabaseUnavailable, reader, reading
from bot.evidence.store import Store, StoreUnavailable
from bot.pages import statements
from bot.pages.documents import encoded, indicator_document, unit_document
from bot.pages.missing import Missing, missing
from bot.pages.openapi import FORMATS, document
from bot.pages.pdf import PdfPress, PdfUnavailable
from bot.pages.published import IndicatorPage, UnitPage
from bot.pages.reading import indicator_revision, read_indicator_page, read_unit_page, unit_revision
from bot.pages.render import STYLESHEET, Look, indicator_address, stylesheet, stylesheet_address, unit_address, version
from bot.pages.shared import Shared
from bot.pages.sheets import as_csv, as_xlsx, indicator_rows, unit_rows

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
KEPT_BYTES = 32 * 1024 * 1024
"""How much of what was made is kept, the least recently asked for going first."""
_FOR_GOOD = "public, max-age=31536000, immutable"
_INDICATOR = re.compile(r"/indicators/(?P<year>[^/]+)/(?P<code>[^/]+)")
_UNIT = re.compile(r"/units/(?P<code>[^/]+)/(?P<year>[^/]+)")
_WITHOUT_YEAR = re.compile(r"/(?P<kind>indicators|units)/?(?P<code>[^/]*)")
"""Leads to the newest year; /units alone to the first unit of all."""
_ENDING = re.compile(r"(.+?)(\.(?:json|csv|xlsx|pdf))?", re.DOTALL)
_PICTURE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(-small)?\.jpg")
_YEAR = re.compile(r"[0-9]{4}")

Page = IndicatorPage | UnitPage

_AWAY = (DatabaseUnavailable, *CANNOT_CONNECT)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for."""

    of_unit: bool
    code: str
    fiscal_year: int
    ending: str
    look: Look

    @property
    def path(self) -> str:
        address = unit_address(self.code, self.fiscal_year) if self.of_unit else None
        return address or indicator_address(self.fiscal_year, self.code)

    @property
    def name(self) -> str:
        """What is made: one text for each thing that can be asked for."""
        return f"{self.path}{self.ending} {self.look.w.language} {self.look.thai_digits} {self.look.today}"


@dataclass(frozen=True, slots=True)
class _Made:
    tag: str
    body: bytes
    zipped: bytes | None


class Pages:
    """The pages and what keeps them fast. `open_store` is called when the first picture is asked for."""

    def __init__(self, base_url: str, now: Callable[[], datetime], open_store: Callable[[], Awaitable[Store]]) -> None:
        self._base_url = base_url
        self._now = now
        self._open_store = open_store
        self._store: Store | None = None
        self._press = PdfPress()
        self._revisions = Shared()
        self._made: OrderedDict[str, _Made] = OrderedDict()
        self._made_bytes = 0
        self._making: dict[str, asyncio.Lock] = {}

    def routes(self) -> list[web.RouteDef]:
        """Everything under /indicators, /units, /pictures and /pages, and the OpenAPI document."""
        return [
            web.get("/indicators{rest:.*}", self._page),
            web.get("/units{rest:.*}", self._page),
            web.get("/pictures/{name:.*}", self._picture),
            web.get("/pages/{name:.*}", self._file),
            web.get("/openapi.json", self._openapi),
        ]

    def forget(self) -> None:
        """Let go of all that was made; it is made again when somebody asks."""
        self._made.clear()
        self._made_bytes = 0

    async def _page(self, request: web.Request) -> web.StreamResponse:
        look = self._look(request)
        asked = _asked(request.path, look)
        try:
            if asked is None:
                without_year = _WITHOUT_YEAR.fullmatch(request.path)
                code = without_year["code"][:64].replace("\0", "") if without_year else ""
                of_unit = without_year is not None and without_year["kind"] == "units"
                return await self._missing(look, Missing(of_unit, code))
            found = await self._found(asked)
            if found is None:
                return await self._missing(
                    look, Missing(asked.of_unit, asked.code, asked.fiscal_year), as_json=asked.ending == ".json"
                )
        except PdfUnavailable as reason:
            return _later(look, reason.word)
        except _AWAY as error:
            _log.warning("pages.database", error=type(error).__name__)
            return _later(look, "page-broken")
        return _response(request, found, asked)

    def _look(self, request: web.Request) -> Look:
        """Language and digits from the address alone, so that what is shared is what was seen."""
        return Look(
            self._base_url,
            "en" if request.query.get("lang") == "en" else "th",
            thai_digits=request.query.get("digits") == "thai",
            today=self._now().date(),
        )

    async def _found(self, asked: _Asked) -> _Made | None:
        """What was made before where nothing has changed since, which one statement tells."""
        revise = unit_revision if asked.of_unit else indicator_revision

        async def revision() -> str:
            return await revise(reader(), asked.code, asked.fiscal_year)

        tag = f"{await self._revisions.ask(asked.path, revision)}-{version()}"
        if (kept := self._kept(asked, tag)) is not None:
            return kept
        # Many ask for the same page at once when it was shared: it is made once.
        lock = self._making.setdefault(asked.name, asyncio.Lock())
        try:
            async with lock:
                return self._kept(asked, tag) or await self._make(asked)
        finally:
            if not lock.locked():
                self._making.pop(asked.name, None)

    def _kept(self, asked: _Asked, tag: str) -> _Made | None:
        kept = self._made.get(asked.name)
        if kept is None or kept.tag != tag:
            return None
        self._made.move_to_end(asked.name)
        return kept

    async def _make(self, asked: _Asked) -> _Made | None:
        zone = self._now().tzinfo
        page: Page | None
        async with reading() as connection:
            if asked.of_unit:
                page = await read_unit_page(connection, asked.code, asked.fiscal_year, zone)
                tag = await unit_revision(connection, asked.code, asked.fiscal_year)
            else:
                page = await read_indicator_page(connection, asked.code, asked.fiscal_year, zone)
                tag = await indicator_revision(connection, asked.code, asked.fiscal_year)
        if page is None:
            return None
        body = await self._body(asked, page)
        zips = asked.ending in ("", ".json", ".csv")
        made = _Made(f"{tag}-{version()}", body, gzip.compress(body, 6, mtime=0) if zips else None)
        self._keep(asked.name, made)
        return made

    def _keep(self, name: str, made: _Made) -> None:
        if (before := self._made.pop(name, None)) is not None:
            self._made_bytes -= _size(before)
        self._made[name] = made
        self._made_bytes += _size(made)
        while self._made_bytes > KEPT_BYTES:
            self._made_bytes -= _size(self._made.popitem(last=False)[1])

    async def _body(self, asked: _Asked, page: Page) -> bytes:
        look = asked.look
        if asked.ending == ".json":
            given = unit_document(page) if isinstance(page, UnitPage) else indicator_document(page, self._base_url)
            return encoded(given)
        if asked.ending in (".csv", ".xlsx"):
            rows = list(unit_rows(page, look) if isinstance(page, UnitPage) else indicator_rows(page, look))
            if asked.ending == ".csv":
                return as_csv(look, rows)
            return await asyncio.to_thread(as_xlsx, look, rows)
        if asked.ending == ".pdf":
            shown = look.unit(page) if isinstance(page, UnitPage) else await self._to_print(look, page)
            return await self._press.pdf(shown, STYLESHEET)
        shown = look.unit(page) if isinstance(page, UnitPage) else look.indicator(page, _picture_address)
        return shown.encode()

    async def _to_print(self, look: Look, page: IndicatorPage) -> str:
        """The page with its pictures within it: what prints it opens no address."""
        rows = await sql.fetch(reader(), statements.PUBLIC_PICTURES, [each.id for each in page.pictures])
        thumbnails: dict[str, str] = {}
        for row in rows:
            with suppress(FileNotFoundError, StoreUnavailable):
                data = await (await self._stored()).get(_file_name(row["path"], small=True))
                thumbnails[str(row["id"])] = f"data:{row['content_type']};base64,{b64encode(data).decode()}"
        at_hand = tuple(each for each in page.pictures if each.id in thumbnails)

        def address(picture_id: str, size: str) -> str:
            return thumbnails[picture_id] if size else f"{self._base_url}{_picture_address(picture_id, size)}"

        return look.indicator(replace(page, pictures=at_hand), address)

    async def _missing(self, look: Look, asked: Missing, *, as_json: bool = False) -> web.StreamResponse:
        async with reading() as connection:
            found = await missing(connection, look, asked)
        if found.moved_to:
            moved = web.HTTPMovedPermanently if found.for_good else web.HTTPFound
            raise moved(look.address(found.moved_to), headers=HEADERS)
        if as_json:
            body = encoded({"error": found.said, "nearest": found.nearest})
            return web.Response(
                body=body, status=HTTPStatus.NOT_FOUND, content_type="application/json", headers=HEADERS
            )
        shown = look.missing("/", found.said, found.hint, found.ways)
        return web.Response(text=shown, status=HTTPStatus.NOT_FOUND, content_type="text/html", headers=HEADERS)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        named = _PICTURE.fullmatch(request.match_info["name"])
        if named is None:
            raise web.HTTPNotFound(headers=HEADERS)
        # Asked each time: a picture may have been hidden again, or its version replaced.
        try:
            rows = await sql.fetch(reader(), statements.PUBLIC_PICTURES, [str(UUID(named[1]))])
        except _AWAY:
            return _later(self._look(request), "page-broken")
        if not rows:
            raise web.HTTPNotFound(headers=HEADERS)
        tag = f"{rows[0]['sha256'][:32]}{named[2] or ''}"
        if _same(request, tag):
            return _not_modified(tag)
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
        if _same(request, version()):
            return _not_modified(version())
        body = encoded(document(self._base_url, version()))
        response = web.Response(body=body, content_type="application/json", headers=HEADERS)
        response.etag = ETag(version(), is_weak=True)
        response.enable_compression()
        return response


def _asked(path: str, look: Look) -> _Asked | None:
    """None where an address is not of this kind."""
    for pattern, of_unit in ((_INDICATOR, False), (_UNIT, True)):
        found = pattern.fullmatch(path)
        if found is None:
            continue
        last = found["year" if of_unit else "code"]
        name, ending = _ENDING.fullmatch(last).groups(default="")  # type: ignore[union-attr]  # matches any text
        year, code = (name, found["code"]) if of_unit else (found["year"], name)
        if _YEAR.fullmatch(year) and len(code) <= 32 and code.isprintable():
            return _Asked(of_unit, code, int(year), ending, look)
        with suppress(ValueError):
            return _Asked(of_unit, code[:64].replace("\0", ""), int(year[:4]), ending, look)
    return None


def _response(request: web.Request, made: _Made, asked: _Asked) -> web.StreamResponse:
    # The day is printed on a page, and the language is part of its address.
    tag = f"{made.tag}-{asked.look.today:%Y%m%d}"
    if _same(request, tag):
        return _not_modified(tag)
    zipped = made.zipped is not None and "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "").lower()
    response = web.Response(
        body=made.zipped if zipped else made.body,
        content_type=FORMATS[asked.ending],
        charset="utf-8" if asked.ending in ("", ".csv") else None,
        headers=HEADERS,
    )
    if zipped:
        response.headers[hdrs.CONTENT_ENCODING] = "gzip"
    response.headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
    response.etag = ETag(tag, is_weak=True)
    if asked.ending in (".csv", ".xlsx", ".pdf"):
        plain = re.sub(r"[^A-Za-z0-9-]", "_", asked.code)
        response.headers[hdrs.CONTENT_DISPOSITION] = f'inline; filename="{plain}-{asked.fiscal_year}{asked.ending}"'
    return response


def _later(look: Look, word: str) -> web.Response:
    """What cannot be shown now, and that it is worth trying again."""
    response = web.Response(text=look.w(word), status=HTTPStatus.SERVICE_UNAVAILABLE, headers=HEADERS)
    response.headers[hdrs.RETRY_AFTER] = "60"
    return response


def _same(request: web.Request, tag: str) -> bool:
    """Weak comparison, as If-None-Match wants it (RFC 9110, 13.1.2)."""
    asked = request.if_none_match
    return asked is not None and any(each.value in (tag, "*") for each in asked)


def _not_modified(tag: str) -> web.Response:
    response = web.Response(status=HTTPStatus.NOT_MODIFIED, headers=HEADERS)
    response.etag = ETag(tag, is_weak=True)
    return response


def _size(made: _Made) -> int:
    return len(made.body) + len(made.zipped or b"")


def _picture_address(picture_id: str, size: str) -> str:
    return f"/pictures/{picture_id}{size}.jpg"


def _file_name(path: str, *, small: bool) -> str:
    return f"{path.removesuffix('.jpg')}-small.jpg" if small else path
