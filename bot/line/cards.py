"""Progress cards as Flex Messages: what an older person reads on a phone, at whatever text size it is set to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from bot.line import limits
from bot.line.actions import action
from bot.line.text import shorten
from handlers.effects import Card, CardRow, Cell

Json = dict[str, Any]

ROWS = 8
"""Rows on one card in all: the title, the lines, the bar and the row of figures."""

# Contrast against white: ink 17:1, quiet ink 7.5:1, accent 6.3:1 (WCAG AA asks for 4.5:1); accent on track 4.7:1.
_PAPER = "#FFFFFF"
_INK = "#1A1A1A"
_QUIET_INK = "#555555"
_ACCENT = "#0B6E4F"
_TRACK = "#DDE1E6"

_FILLER: Json = {"type": "filler"}
"""Keeps a box open that has nothing in it. LINE takes `contents: []` only since its Flex update 2 (October 2020)."""

_ROW_STYLE: dict[str, Json] = {
    "headline": {"size": "xl", "weight": "bold", "color": _INK},
    "plain": {"size": "lg", "color": _INK},
    "quiet": {"size": "md", "color": _QUIET_INK},
}


class TooManyRows(ValueError):
    """The card holds more than `ROWS` rows."""


def flex_messages(cards: Sequence[Card]) -> list[Json]:
    """All `cards` in their order, as few Flex Messages as hold them: one card a bubble, several a carousel.

    A carousel ends where the next card would break LINE's limits or no longer be read in the altText.
    Raises `TooManyRows`, and `LimitExceeded` for a card that is too large alone.
    """
    return [_message(group) for group in _groups(cards)]


def bubble(card: Card) -> Json:
    """One card as a Flex bubble. Raises `TooManyRows`, and `LimitExceeded` above 30 KB."""
    rows = 1 + len(card.rows) + (card.share is not None) + bool(card.cells)
    if rows > ROWS:
        raise TooManyRows(f"a card of {rows} rows; {ROWS} is the most")
    # A title of several lines must not outshout the result, so it is the smallest; what is quiet closes the card.
    contents = [
        _text(card.title, size="sm", weight="bold", color=_ACCENT),
        *(_row(row) for row in card.rows if row.emphasis != "quiet"),
    ]
    if card.share is not None:
        contents.append(_bar(card.share))
    if card.cells:
        contents.append(_cells(card.cells))
    contents += [_row(row) for row in card.rows if row.emphasis == "quiet"]
    made: Json = {
        "type": "bubble",
        "size": "giga",
        "body": {
            "type": "box",
            "layout": "vertical",
            "spacing": "md",
            "paddingAll": "20px",
            "backgroundColor": _PAPER,
            "contents": contents,
        },
    }
    if card.buttons:
        made["footer"] = {
            "type": "box",
            "layout": "vertical",
            "spacing": "sm",
            "backgroundColor": _PAPER,
            "contents": [
                _button(action(button, limits.FLEX_LABEL), index) for index, button in enumerate(card.buttons)
            ],
        }
    size = limits.json_bytes(made)
    if size > limits.BUBBLE_BYTES:
        raise limits.LimitExceeded("bubble", size, limits.BUBBLE_BYTES)
    return made


def _groups(cards: Sequence[Card]) -> Iterator[list[tuple[Card, Json]]]:
    group: list[tuple[Card, Json]] = []
    for card in cards:
        grown = [*group, (card, bubble(card))]
        if group and not _fits(grown):
            yield group
            grown = grown[-1:]
        group = grown
    if group:
        yield group


def _fits(group: Sequence[tuple[Card, Json]]) -> bool:
    return (
        len(group) <= limits.BUBBLES
        and limits.json_bytes(_carousel(group)) <= limits.CAROUSEL_BYTES
        and limits.utf16_units(_alt(group)) <= limits.ALT_TEXT
    )


def _message(group: Sequence[tuple[Card, Json]]) -> Json:
    contents = _carousel(group) if len(group) > 1 else group[0][1]
    return {"type": "flex", "altText": shorten(_alt(group), limits.ALT_TEXT), "contents": contents}


def _carousel(group: Sequence[tuple[Card, Json]]) -> Json:
    return {"type": "carousel", "contents": [made for _, made in group]}


def _alt(group: Sequence[tuple[Card, Json]]) -> str:
    return "\n".join(card.alt for card, _ in group)


def _text(text: str, **style: Any) -> Json:
    return {"type": "text", "text": text, "wrap": True, "scaling": True, **style}


def _row(row: CardRow) -> Json:
    return _text(row.text, **_ROW_STYLE[row.emphasis])


def _bar(share: Decimal) -> Json:
    # Rounded down, so that a full bar means the target is met; a beginning is always seen.
    percent = min(100, max(0, int((share * 100).to_integral_value(ROUND_FLOOR))))
    if share > 0:
        percent = max(1, percent)
    fill: Json = {
        "type": "box",
        "layout": "vertical",
        "contents": [_FILLER],
        "width": f"{percent}%",
        "height": "14px",
        "backgroundColor": _ACCENT,
        "cornerRadius": "7px",
    }
    return {
        "type": "box",
        "layout": "vertical",
        "margin": "lg",
        "height": "14px",
        "backgroundColor": _TRACK,
        "cornerRadius": "7px",
        "contents": [fill if percent else _FILLER],
    }


def _cells(cells: Sequence[Cell]) -> Json:
    # A number broken over two lines is misread, so the whole row is set smaller for a long one.
    longest = max(limits.graphemes(cell.value) for cell in cells)
    size = "lg" if longest <= 6 else "md" if longest <= 9 else "sm"
    return {
        "type": "box",
        "layout": "horizontal",
        "margin": "lg",
        "spacing": "sm",
        "contents": [
            {
                "type": "box",
                "layout": "vertical",
                "flex": 1,
                "contents": [
                    _text(cell.label, size="sm", align="center", color=_QUIET_INK),
                    _text(cell.value, size=size, align="center", weight="bold", color=_INK),
                ],
            }
            for cell in cells
        ],
    }


def _button(tapped: Json, index: int) -> Json:
    style = {"style": "primary", "color": _ACCENT} if index == 0 else {"style": "secondary"}
    return {"type": "button", "height": "md", "scaling": True, **style, "action": tapped}
