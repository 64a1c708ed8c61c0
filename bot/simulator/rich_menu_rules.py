"""What LINE refuses in a rich menu and its picture.

Source: developers.line.biz, "Rich menu object" and "Upload rich menu image". Stricter than LINE in one thing: an area
that reaches over the edge of its menu is refused, because nobody could tap all of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from bot.simulator.action_rules import EVERYWHERE, action
from bot.simulator.counting import graphemes
from bot.simulator.shapes import Check, Path, Problem, array, fields, text, truth, whole_number

AREAS = 20
WIDTH = (800, 2500)
LEAST_HEIGHT = 250
LEAST_RATIO = 1.45
PICTURE_BYTES = 1024 * 1024
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
"""The types that may be uploaded, and what Pillow calls them."""


def _size(value: Any, path: Path) -> Iterator[Problem]:
    wrong = tuple(
        fields(value, path, required={"width": whole_number(*WIDTH), "height": whole_number(LEAST_HEIGHT, WIDTH[1])})
    )
    yield from wrong
    if not wrong and value["width"] / value["height"] < LEAST_RATIO:
        yield Problem(path, f"The ratio of width to height must be {LEAST_RATIO} or more")


def _bounds(value: Any, path: Path) -> Iterator[Problem]:
    place, length = whole_number(0, WIDTH[1]), whole_number(1, WIDTH[1])
    return fields(value, path, required={"x": place, "y": place, "width": length, "height": length})


def _area(value: Any, path: Path) -> Iterator[Problem]:
    # A label is optional here: it is what a screen reader says.
    tapped = action(allowed=EVERYWHERE, needs_label=False)
    return fields(value, path, required={"bounds": _bounds, "action": tapped})


FIELDS: dict[str, Check] = {
    "size": _size,
    "selected": truth,
    "name": text(300, count=graphemes),
    "chatBarText": text(14, count=graphemes),
    "areas": array(_area, least=0, most=AREAS),
}


def areas_outside(menu: dict[str, Any]) -> list[Problem]:
    """The areas of a menu of the right form that reach over its edge."""
    size = menu["size"]
    return [
        Problem(("areas", place, "bounds"), "must lie within the rich menu")
        for place, bounds in enumerate(area["bounds"] for area in menu["areas"])
        if bounds["x"] + bounds["width"] > size["width"] or bounds["y"] + bounds["height"] > size["height"]
    ]


def picture_problem(menu: dict[str, Any], content_type: str, data: bytes) -> str:
    """Why LINE would refuse this picture for this menu, empty when it takes it."""
    from PIL import Image, UnidentifiedImageError

    if content_type not in PICTURES:
        return f"Unsupported Media Type: {content_type}"
    if len(data) > PICTURE_BYTES:
        return "The image is larger than 1 MB"
    try:
        with Image.open(io.BytesIO(data), formats=[PICTURES[content_type]]) as picture:
            size = picture.size
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError):
        return "The image could not be read"
    wanted = (menu["size"]["width"], menu["size"]["height"])
    return "" if size == wanted else f"The image is {size}, the rich menu {wanted}"
