"""Pages as HTML: the templates, the words of one language, and Thai digits where they are asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from bot.pages.chart import chart
from bot.pages.paragraphs import blocks, one_line
from bot.pages.preview import HEIGHT, WIDTH
from bot.pages.published import Accepted, IndicatorPage, UnitPage
from locales.catalog import Words, words

HERE = Path(__file__).parent
STYLESHEET = HERE / "static" / "pages.css"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI = re.compile("[\u0e01-\u0e5b]")
_KEPT = re.compile(
    # What is not prose: an element that is not to be translated, a title with its code, a tag, an entity, an address.
    r'(<(\w+) translate="no"[^>]*>.*?</\2>|<title>.*?</title>|<[^>]*>|&[#\w]+;|https?://[^\s<]+)',
    re.DOTALL,
)


@cache
def version() -> str:
    """Of everything a page is made with: another one after an upgrade, so that no browser keeps an old page."""
    digest = hashlib.blake2b(digest_size=8)
    locales = HERE.parents[1] / "locales"
    for path in sorted([*HERE.rglob("*.*"), *locales.glob("*.py"), *locales.glob("*/*.ftl")]):
        if path.suffix in {".py", ".html", ".css", ".ftl"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def stylesheet() -> bytes:
    """The stylesheet, read once."""
    return STYLESHEET.read_bytes()


@cache
def stylesheet_address() -> str:
    """Where it is served: under its own digest, so that it may be kept for good."""
    return f"/pages/{hashlib.blake2b(stylesheet(), digest_size=8).hexdigest()}.css"


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["one_line"] = one_line
    environment.globals.update(blocks=blocks, none_value=None, tongue=_tongue)
    return environment


def _tongue(w: Words, text: str) -> Markup:
    """The language of Thai words on an English page, for whoever listens to it (WCAG 3.1.2)."""
    return Markup(' lang="th"') if w.language == "en" and _THAI.search(text) else Markup()


def indicator_address(fiscal_year: int, code: str) -> str:
    """The path of an indicator's page, without language or format."""
    return f"/indicators/{fiscal_year}/{quote(code, safe='')}"


def unit_address(code: str, fiscal_year: int) -> str:
    """The path of a unit's page."""
    return f"/units/{quote(code, safe='')}/{fiscal_year}"


class Look:
    """How somebody wants to read: language, digits, and the day it is. `base_url`: where people reach the pages."""

    def __init__(self, base_url: str, language: str, *, thai_digits: bool, today: date) -> None:
        self.base_url = base_url
        self.w: Words = words(language)
        self.thai_digits = thai_digits
        self.today = today

    def address(self, path: str, **other: str) -> str:
        """A path with this language and these digits, or with others where given; empty: the default."""
        chosen = {
            "lang": "en" if self.w.language == "en" else "",
            "digits": "thai" if self.thai_digits else "",
            **other,
        }
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{path}?{query}" if query else path

    def name(self, named: Any) -> str:
        """A unit's or an indicator's name in this language; Thai where there is no other."""
        return str((self.w.language == "en" and named.name_en) or named.name)

    def label(self, labelled: Any) -> str:
        """The same for what has a label."""
        return str((self.w.language == "en" and labelled.label_en) or labelled.label)

    def answer(self, accepted: Accepted) -> str:
        """What a unit answered that was asked whether it has done it."""
        if accepted.result:
            return self.w("page-answer", answer="yes")
        return self.w("page-answer", answer="in_progress" if accepted.zero_reason == "in_progress" else "no")

    def indicator(self, page: IndicatorPage, picture_address: Callable[[str, str], str]) -> str:
        """An indicator's page. `picture_address`: a picture's id and "" or "-small" → where it is."""
        path = indicator_address(page.fiscal_year, page.indicator.code)
        return self._rendered(
            "indicator.html",
            path,
            page=page,
            drawn=chart(page.quarters),
            picture_address=picture_address,
            address_of_year=lambda year: self.address(indicator_address(year, page.indicator.code)),
            address_of_unit=lambda code: self.address(unit_address(code, page.fiscal_year)),
        )

    def unit(self, page: UnitPage) -> str:
        """A unit's page."""
        path = unit_address(page.unit.code, page.fiscal_year)
        return self._rendered(
            "unit.html",
            path,
            page=page,
            address_of_year=lambda year: self.address(unit_address(page.unit.code, year)),
            address_of_unit=lambda code: self.address(unit_address(code, page.fiscal_year)),
            address_of_indicator=lambda code: self.address(indicator_address(page.fiscal_year, code)),
        )

    def missing(self, path: str, said: str, hint: str, ways: list[tuple[str, list[tuple[str, str, str]]]]) -> str:
        """What was not found, and where to go: headings with addresses, codes and names."""
        example = f"{self.base_url}{indicator_address(2570, '2300-848')}"
        return self._rendered("missing.html", path, said=said, hint=hint, ways=ways, example=example)

    def _rendered(self, template: str, path: str, **given: Any) -> str:
        w = self.w
        shown = (
            _environment()
            .get_template(template)
            .render(
                w=w,
                today=self.today,
                thai_digits=self.thai_digits,
                base_url=self.base_url,
                path=self.address(path, digits=""),
                stylesheet=stylesheet_address(),
                start=self.address("/units"),
                name=self.name,
                label=self.label,
                answer=self.answer,
                other_language=self.address(path, lang="" if w.language == "en" else "en"),
                formats=self._formats(path),
                picture="" if template == "missing.html" else self.address(f"{path}.png", digits=""),
                picture_width=WIDTH,
                picture_height=HEIGHT,
                **given,
            )
        )
        return _in_thai_digits(shown) if self.thai_digits else shown

    def _formats(self, path: str) -> list[tuple[str, str]]:
        others, digits = ("arabic", "") if self.thai_digits else ("thai", "thai")
        return [
            ("print", self.address(f"{path}.pdf")),
            (f"print-{others}", self.address(f"{path}.pdf", digits=digits)),
            (f"digits-{others}", self.address(path, digits=digits)),
            ("get-xlsx", self.address(f"{path}.xlsx", digits="")),
            ("get-csv", self.address(f"{path}.csv", digits="")),
            ("get-json", self.address(f"{path}.json", digits="", lang="")),
        ]


def _in_thai_digits(page: str) -> str:
    """Digits of the prose only: tags, codes and web addresses keep theirs."""
    return "".join(
        part if number % 3 == 1 else "" if number % 3 == 2 else part.translate(_THAI_DIGITS)
        for number, part in enumerate(_KEPT.split(page))
        if part is not None
    )
