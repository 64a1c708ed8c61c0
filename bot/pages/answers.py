"""How an answer is sent: what browsers and caches are told about it, and a page that they have already is not sent."""

from __future__ import annotations

import gzip
import re
from http import HTTPStatus

from aiohttp import ETag, hdrs, web
from multidict import CIMultiDict

from bot.pages.asked import Asked
from bot.pages.kept import Made
from bot.pages.openapi import FORMATS
from bot.pages.render import Look, version

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
_ZIPPED = ("", ".json", ".csv")
"""Endings of what is worth compressing."""
_CHARSET = ("", ".csv")
_ZIPPED_THIS_HARD = 6


def packed(asked: Asked, tag: str, body: bytes) -> Made:
    """An answer ready to be sent. `tag`: the state of the data that it was made from."""
    etag = f"{tag}-{version()}-{asked.day}"
    charset = "; charset=utf-8" if asked.ending in _CHARSET else ""
    headers = CIMultiDict(HEADERS)
    headers[hdrs.CONTENT_TYPE] = f"{FORMATS[asked.ending]}{charset}"
    headers[hdrs.ETAG] = f'W/"{etag}"'
    headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
    if asked.ending in (".csv", ".xlsx", ".pdf"):
        plain = re.sub(r"[^A-Za-z0-9-]", "_", asked.code)
        headers[hdrs.CONTENT_DISPOSITION] = f'inline; filename="{plain}-{asked.fiscal_year}{asked.ending}"'
    if asked.ending not in _ZIPPED:
        return Made(tag, etag, body, headers)
    zipped_headers = CIMultiDict(headers)
    zipped_headers[hdrs.CONTENT_ENCODING] = "gzip"
    return Made(tag, etag, body, headers, gzip.compress(body, _ZIPPED_THIS_HARD, mtime=0), zipped_headers)


def answer(request: web.Request, made: Made) -> web.Response:
    """What was made, compressed where the browser takes that, or that nothing has changed."""
    if same(request, made.etag):
        return not_modified(made.etag)
    if made.zipped is not None and "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "").lower():
        return web.Response(body=made.zipped, headers=CIMultiDict(made.zipped_headers or ()))
    return web.Response(body=made.body, headers=CIMultiDict(made.headers))


def later(look: Look, word: str) -> web.Response:
    """What cannot be shown now, and that it is worth trying again."""
    response = web.Response(text=look.w(word), status=HTTPStatus.SERVICE_UNAVAILABLE, headers=HEADERS)
    response.headers[hdrs.RETRY_AFTER] = "60"
    return response


def same(request: web.Request, tag: str) -> bool:
    """Weak comparison, as If-None-Match wants it (RFC 9110, 13.1.2)."""
    asked = request.if_none_match
    return asked is not None and any(each.value in (tag, "*") for each in asked)


def not_modified(tag: str) -> web.Response:
    """The browser's own copy is good."""
    response = web.Response(status=HTTPStatus.NOT_MODIFIED, headers=HEADERS)
    response.etag = ETag(tag, is_weak=True)
    return response
