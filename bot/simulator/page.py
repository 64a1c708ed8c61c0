"""The simulator's chat page and its static files: for this machine only, under a policy that lets nothing else in."""

from pathlib import Path

from aiohttp import web

from bot.simulator.page_api import Handler, guarded

STATIC = Path(__file__).parent / "static"
PAGE = "simulator.html"

CONTENT_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
}

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The files carry no version in their names, so a browser asks again each time.
    "Cache-Control": "no-cache",
}


def _file(path: Path) -> Handler:
    body = path.read_bytes()
    content_type = CONTENT_TYPES[path.suffix]

    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=HEADERS)

    return serve


async def _to_page(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/simulator/", headers=HEADERS)


def routes() -> list[web.RouteDef]:
    """The page at `/simulator/` and its files at `/simulator/static/{name}`, for the bot's application.

    The files are read here, once: a request reads no disk, and no name from outside becomes a path. Under another name
    for this machine, and for another site, each answers 403 as the page's endpoints do.
    """
    files = sorted(path for path in STATIC.iterdir() if path.suffix in CONTENT_TYPES and path.name != PAGE)
    return [
        web.get("/simulator", guarded(_to_page)),
        web.get("/simulator/", guarded(_file(STATIC / PAGE))),
        *(web.get(f"/simulator/static/{path.name}", guarded(_file(path))) for path in files),
    ]
