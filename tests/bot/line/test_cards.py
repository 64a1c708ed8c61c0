"""Progress cards: readable, inside LINE's limits, refused by neither the SDK nor LINE's description."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from linebot.v3.messaging import FlexMessage
from msgspec.structs import replace

from bot.line import limits
from bot.line.cards import TooManyRows, bubble, flex_messages
from handlers.effects import Button, Card, CardRow, Cell
from tests.line_openapi import problems

CARD = Card(
    title="2300-848 · ห้องสมุดสวนลุมพินี",
    rows=(
        CardRow("36 จาก 100 ชื่อเรื่อง", "headline"),
        CardRow("ร้อยละ 36"),
        CardRow("เหลือ 6 วัน ครบกำหนด 11 ม.ค. 70", "quiet"),
    ),
    cells=tuple(Cell(f"ไตรมาส {number}", value) for number, value in enumerate(("12", "24", "–", "–"), start=1)),
    share=Decimal("0.36"),
    alt="2300-848 ห้องสมุดสวนลุมพินี: 36 จาก 100 ชื่อเรื่อง ร้อยละ 36",
    buttons=(Button("รายงานเลย", "report"), Button("ดูสถานะทั้งหมด", "status")),
)
LONG_NAME = ("ผู้ใช้บริการห้องสมุด" * 15)[:300]


def _components(container: Any) -> Iterator[dict[str, Any]]:
    if isinstance(container, dict):
        if "type" in container:
            yield container
        for value in container.values():
            yield from _components(value)
    elif isinstance(container, list):
        for value in container:
            yield from _components(value)


def _texts(container: Any) -> list[dict[str, Any]]:
    return [component for component in _components(container) if component["type"] == "text"]


def _fill(share: str) -> list[str]:
    """The widths of what fills the bar."""
    made = bubble(replace(CARD, share=Decimal(share)))
    return [component["width"] for component in _components(made) if "width" in component]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _accepted(message: dict[str, Any]) -> None:
    """Raise when LINE, its description or its SDK would not have `message`."""
    call = {"to": "U" + "0" * 32, "messages": [message]}
    limits.check("push", call)
    assert problems("PushMessageRequest", call) == []
    assert FlexMessage.from_dict(message).to_dict() == message


def test_a_card_says_everything_in_its_order() -> None:
    """Title, headline, percent, then the quarters, each label above its value; what is quiet closes the card."""
    headline, percent, due = (row.text for row in CARD.rows)
    assert [text["text"] for text in _texts(bubble(CARD))] == [
        CARD.title,
        headline,
        percent,
        *(said for cell in CARD.cells for said in (cell.label, cell.value)),
        due,
    ]


def test_the_bar_stands_between_the_percent_and_the_quarters() -> None:
    """Result of target, percent, one bar, quarters in a row, days left."""
    kinds = [component["type"] for component in bubble(CARD)["body"]["contents"]]
    assert kinds == ["text", "text", "text", "box", "box", "text"]


@pytest.mark.parametrize("share", ["0", "0.36", "1"])
def test_no_box_is_empty(share: str) -> None:
    """LINE took no box without contents before its Flex update 2; a filler it always took."""
    made = bubble(replace(CARD, share=Decimal(share)))
    assert all(component["contents"] for component in _components(made) if component["type"] == "box")


def test_a_card_is_accepted() -> None:
    """LINE's limits, its OpenAPI description and its SDK take the message as it is."""
    [message] = flex_messages([CARD])
    assert message["altText"] == CARD.alt
    _accepted(message)


def test_every_text_and_button_grows_with_the_readers_text_size_and_wraps() -> None:
    """An older person's phone is set to large letters; nothing is cut off by that."""
    made = bubble(CARD)
    assert all(text["wrap"] and text["scaling"] for text in _texts(made))
    assert all(component["scaling"] for component in _components(made) if component["type"] == "button")


def test_the_headline_is_the_largest_and_bold() -> None:
    """What was reached of what comes first to the eye."""
    sizes = ("sm", "md", "lg", "xl", "xxl")
    _, headline, *others = _texts(bubble(CARD))
    assert headline["weight"] == "bold"
    assert all(sizes.index(headline["size"]) > sizes.index(text["size"]) for text in others)


def test_contrast_is_enough() -> None:
    """Every text stands on white by 4.5 to 1 or better (WCAG AA)."""
    assert all((1.05) / (_luminance(text["color"]) + 0.05) >= 4.5 for text in _texts(bubble(CARD)))


@pytest.mark.parametrize(
    ("share", "widths"),
    [
        ("0", []),
        ("0.0004", ["1%"]),
        ("0.36", ["36%"]),
        ("0.999", ["99%"]),
        ("1", ["100%"]),
        ("1.7", ["100%"]),
        ("-0.2", []),
    ],
)
def test_the_bar_is_as_long_as_the_share(share: str, widths: list[str]) -> None:
    """Rounded down, so that only a target met fills it; a beginning is seen; over and under stay inside."""
    assert _fill(share) == widths


def test_a_result_without_target_has_no_bar() -> None:
    """No target, no share, nothing to fill."""
    made = bubble(replace(CARD, share=None))
    assert not [component for component in _components(made) if "height" in component and component["type"] == "box"]


def test_long_numbers_are_set_smaller_so_that_they_stay_on_one_line() -> None:
    """A number broken over two lines is misread."""
    quarters = (*CARD.cells[:3], Cell("ไตรมาส 4", "1,240,000"))
    assert {text["size"] for text in _texts(bubble(replace(CARD, cells=quarters)))[4:-1:2]} == {"md"}
    quarters = (*CARD.cells[:3], Cell("ไตรมาส 4", "1,240,000.50"))
    assert {text["size"] for text in _texts(bubble(replace(CARD, cells=quarters)))[4:-1:2]} == {"sm"}


def test_eight_rows_are_the_most() -> None:
    """Title, five lines, bar and quarters fit; one line more is refused rather than dropped."""
    rows = tuple(CardRow(f"แถว {number}") for number in range(5))
    bubble(replace(CARD, rows=rows))
    with pytest.raises(TooManyRows, match="9 rows"):
        bubble(replace(CARD, rows=(*rows, CardRow("อีกแถว"))))


def test_names_of_300_characters_fit() -> None:
    """The longest names in every place stay inside 30 KB, and every character is there."""
    card = replace(
        CARD,
        title=LONG_NAME,
        rows=tuple(CardRow(LONG_NAME) for _ in range(5)),
        cells=tuple(Cell(LONG_NAME, LONG_NAME) for _ in range(4)),
        alt=LONG_NAME * 6,
        buttons=tuple(Button(LONG_NAME, "d" * 300) for _ in range(4)),
    )
    [message] = flex_messages([card])
    assert {text["text"] for text in _texts(message["contents"])} == {LONG_NAME}
    assert limits.utf16_units(message["altText"]) <= 1500
    assert message["altText"].endswith("…")
    _accepted(message)


def test_a_card_too_large_alone_is_refused() -> None:
    """Nothing is cut to make it fit."""
    with pytest.raises(limits.LimitExceeded, match="bubble"):
        bubble(replace(CARD, title="ก" * 11_000))


def test_several_cards_are_one_carousel() -> None:
    """They stand side by side, and the altText says all of them."""
    [message] = flex_messages([CARD, CARD, CARD])
    assert [made["type"] for made in message["contents"]["contents"]] == ["bubble"] * 3
    assert message["altText"].splitlines() == [CARD.alt] * 3
    _accepted(message)


@pytest.mark.parametrize(
    ("card", "count", "sizes"),
    [
        pytest.param(CARD, 13, [12, 1], id="twelve bubbles"),
        pytest.param(replace(CARD, rows=(CardRow("ก" * 6_000),)), 5, [2, 2, 1], id="50 KB"),
        pytest.param(replace(CARD, alt="ก" * 700), 5, [2, 2, 1], id="readable in altText alone"),
    ],
)
def test_cards_that_do_not_fit_one_carousel_go_into_the_next_message(card: Card, count: int, sizes: list[int]) -> None:
    """No card is lost, whichever limit is met first."""
    messages = flex_messages([card] * count)
    assert [len(m["contents"].get("contents", [m])) for m in messages] == sizes
    for message in messages:
        _accepted(message)


def test_no_cards_are_no_message() -> None:
    """An empty carousel would be refused."""
    assert flex_messages([]) == []
