"""GET /metrics: every part is asked, whoever fails is left out, and the rest is written down for Prometheus."""

from __future__ import annotations

import asyncio
import hmac
import importlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import hdrs, web

from bot.metrics.figure import Figure, Part

_log = structlog.get_logger()


class Metrics:
    """The route. Parts join under a name while the process is put together, and show from then on."""

    def __init__(self, token: str, *, open_without: bool) -> None:
        """A caller brings `token` as a bearer token. When it is empty, all may read if `open_without`, else nobody."""
        self._token = token.encode()
        self._open_without = open_without
        self._parts: dict[str, Part] = {}
        self._registry: Any = None
        self._figures: list[Figure] = []

    def join(self, name: str, part: Part) -> None:
        """Show what `part` says. `name` is the label under which a failure of it shows."""
        self._parts[name] = part

    def routes(self) -> list[web.RouteDef]:
        """The one route."""
        return [web.get("/metrics", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """200 with whatever could be read; 401 with another token, 403 while no token is set."""
        if not self._token and not self._open_without:
            return web.Response(status=HTTPStatus.FORBIDDEN, text="METRICS_TOKEN is not set\n")
        scheme, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        given_bytes = given.strip().encode(errors="replace") if scheme.lower() == "bearer" else b""
        if self._token and not hmac.compare_digest(given_bytes, self._token):
            refused = {hdrs.WWW_AUTHENTICATE: "Bearer"}
            return web.Response(status=HTTPStatus.UNAUTHORIZED, text="Unauthorized\n", headers=refused)
        text, content_type = await self.written(request.headers.get(hdrs.ACCEPT, ""))
        return web.Response(body=text, headers={hdrs.CONTENT_TYPE: content_type, hdrs.CACHE_CONTROL: "no-store"})

    async def written(self, accept: str = "") -> tuple[bytes, str]:
        """The whole text and its content type, in the form that `accept` asks for."""
        registry = await self._own_registry()
        figures = await asyncio.gather(*(self._ask(name, part) for name, part in self._parts.items()))
        self._figures = [
            *(figure for found in figures for figure in found or ()),
            _failed({name: found is None for name, found in zip(self._parts, figures, strict=True)}),
        ]
        from prometheus_client.exposition import choose_encoder

        encode, content_type = choose_encoder(accept)
        return encode(registry), content_type

    def collect(self) -> Iterable[Any]:
        """As `prometheus_client.CollectorRegistry` asks for it."""
        return map(_family, self._figures)

    async def _own_registry(self) -> Any:
        if self._registry is None:
            # At the first scrape: a process that nobody asks has no need of it.
            client = await asyncio.to_thread(importlib.import_module, "prometheus_client")
            self._registry = client.CollectorRegistry()
            self._registry.register(self)
            client.ProcessCollector(registry=self._registry)
        return self._registry

    async def _ask(self, name: str, part: Part) -> list[Figure] | None:
        try:
            return [*await part()]
        except Exception as error:  # noqa: BLE001 — a scrape shows what there is, whatever fails
            _log.warning("metrics.failed", part=name, error=error)
            return None


def _failed(parts: dict[str, bool]) -> Figure:
    return Figure(
        "raingan_metrics_failed",
        "gauge",
        "1 when this part could not be asked, and its figures are absent.",
        ("part",),
        {(name,): float(failed) for name, failed in parts.items()},
    )


def _family(figure: Figure) -> Any:
    from prometheus_client import core

    match figure.kind:
        case "histogram":
            family: Any = core.HistogramMetricFamily(figure.name, figure.meaning, labels=figure.labels)
            for labels, durations in figure.durations.items():
                family.add_metric(labels, durations.buckets(), durations.seconds)
            return family
        case "counter":
            family = core.CounterMetricFamily(figure.name, figure.meaning, labels=figure.labels)
        case "gauge":
            family = core.GaugeMetricFamily(figure.name, figure.meaning, labels=figure.labels)
    for labels, value in figure.values.items():
        family.add_metric(labels, value)
    return family
