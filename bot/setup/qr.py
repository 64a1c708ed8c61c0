"""Invitations to print: a card each with the unit, the code and a QR code that opens LINE with the text typed in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import segno

_MODULE = 4
"""Units of the drawing to a module of the QR code."""
_QUIET = 4
"""Modules of white around it, as ISO 18004 asks."""
_WIDTH, _TEXT = 420, 150
"""The SVG card's width, and the height of its words."""
_BASIC_ID = re.compile(r"@[0-9A-Za-z._-]{1,32}")

_STYLE = """
@page { size: A4; margin: 12mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 186mm; color: #111; background: #fff;
  font: 12pt/1.45 "TH Sarabun New", Sarabun, "Noto Sans Thai", "Leelawadee UI", Thonburi, sans-serif }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }
main.one { grid-template-columns: 1fr; max-width: 120mm; margin: 20mm auto 0 }
article { border: .3mm dashed #888; border-radius: 3mm; padding: 6mm; text-align: center; break-inside: avoid }
h1 { font-size: 15pt; margin: 0; overflow-wrap: anywhere } p { margin: 1mm 0 }
.code { font: 700 19pt/1.4 "DejaVu Sans Mono", Consolas, monospace; letter-spacing: .06em; white-space: nowrap }
svg { display: block; margin: 2mm auto; width: 46mm; height: 46mm } main.one svg { width: 80mm; height: 80mm }
ol { text-align: left; margin: 2mm 0 0; padding-left: 6mm } .en { color: #555; font-size: 10pt }
@media screen { body { padding: 8mm } }
"""


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation as it is printed. `units` are names; `code` is in groups, "7K3M-Q2XD-9FHA"."""

    units: Sequence[str]
    role: str
    code: str
    name: str = ""


def basic_id(text: str) -> str | None:
    """LINE's basic id of the bot, "@123abcde", from what was typed; None when it is not one."""
    typed = text.strip()
    typed = typed if typed.startswith("@") else f"@{typed}"
    return typed if _BASIC_ID.fullmatch(typed) else None


def link(line_id: str, code: str) -> str:
    """The address that opens the bot's chat in LINE with "ลงทะเบียน CODE" typed in, ready to be sent."""
    return f"https://line.me/R/oaMessage/{quote(line_id, safe='')}/?{quote(f'ลงทะเบียน {code}', safe='')}"


def qr_code(line_id: str, code: str) -> segno.QRCode:
    """The link as a QR code that still reads when a seventh of it is dirty."""
    return segno.make_qr(link(line_id, code), error="m", boost_error=False)


def card_svg(card: Card, line_id: str) -> str:
    """One card as an SVG drawing of its own."""
    drawn, size = _drawing(card.code, line_id)
    height = _WIDTH + _TEXT
    edge = _WIDTH - 40
    lines = [
        (34, 20, " · ".join(card.units)),
        (60, 15, f"{card.name} {card.role}".strip()),
        (edge + 98, 26, card.code),
        (edge + 128, 14, "สแกนแล้วกดส่งใน LINE หรือพิมพ์ ลงทะเบียน ตามด้วยรหัส"),
        (edge + 148, 12, "Scan and send in LINE, or type: register CODE"),
    ]
    texts = "".join(
        f'<text x="{_WIDTH // 2}" y="{y}" font-size="{points}" text-anchor="middle"'
        f"{_fitted(text, points)}>{escape(text)}</text>"
        for y, points, text in lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        ' font-family="Sarabun, Noto Sans Thai, Leelawadee UI, sans-serif">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f'<svg x="20" y="66" width="{edge}" height="{edge}" viewBox="0 0 {size} {size}">{drawn}</svg>{texts}</svg>\n'
    )


def page(cards: Sequence[Card], line_id: str) -> str:
    """An A4 page, or as many as the cards need, in HTML for printing; it loads nothing from anywhere."""
    articles = "\n".join(_article(card, line_id) for card in cards)
    single = ' class="one"' if len(cards) == 1 else ""
    return (
        '<!doctype html>\n<html lang="th">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>รหัสเชิญลงทะเบียน</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main{single}>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(card: Card, line_id: str) -> str:
    drawn, size = _drawing(card.code, line_id)
    name = f"<p>{escape(card.name)}</p>" if card.name else ""
    units = "<br>".join(map(escape, card.units))
    return (
        f"<article><h1>{units}</h1>{name}<p>{escape(card.role)}</p>"
        f'<svg viewBox="0 0 {size} {size}" role="img" aria-label="QR">{drawn}</svg>'
        f'<p class="code">{escape(card.code)}</p>'
        f"<ol><li>สแกน QR ด้วยกล้องหรือ LINE แล้วกดส่งข้อความที่ขึ้นมา</li>"
        f"<li>สแกนไม่ได้: เพิ่มเพื่อน {escape(line_id)} แล้วพิมพ์ <b>ลงทะเบียน {escape(card.code)}</b></li></ol>"
        f'<p class="en">Scan and send what appears, or add {escape(line_id)} and send the code.</p></article>'
    )


def _drawing(code: str, line_id: str) -> tuple[str, int]:
    """The dark modules as one path on white, and the side of the square they lie in."""
    made = qr_code(line_id, code)
    side = (len(made.matrix) + 2 * _QUIET) * _MODULE
    dark = "".join(
        f"M{(x + _QUIET) * _MODULE} {(y + _QUIET) * _MODULE}h{_MODULE}v{_MODULE}h-{_MODULE}z"
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module
    )
    return f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}" shape-rendering="crispEdges"/>', side


def _fitted(text: str, points: int) -> str:
    """Squeezes a line that would run over the card's edge. Thai vowels and tones above and below take no width."""
    room = _WIDTH - 30
    letters = sum(unicodedata.category(char) != "Mn" for char in text)
    return f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if letters * points * 0.6 > room else ""
