"""Simple drawings for a menu's buttons: strokes on a field of 24 by 24, drawn large and made small for soft edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Point = tuple[float, float]

FIELD = 24
_STROKE = 2.2
_LARGER = 4

LINES: Mapping[str, tuple[tuple[Point, ...], ...]] = {
    # a sheet with lines
    "report": (
        ((6, 3), (15, 3), (19, 7), (19, 21), (6, 21), (6, 3)),
        ((9.5, 11), (15.5, 11)),
        ((9.5, 15), (15.5, 15)),
    ),
    # bars
    "status": (((4, 3), (4, 21), (21, 21)), ((9, 20), (9, 13)), ((14, 20), (14, 8)), ((19, 20), (19, 4.5))),
    # a pencil
    "edit": (((4, 20), (5, 15), (16, 4), (20, 8), (9, 19), (4, 20)), ((13.5, 6.5), (17.5, 10.5))),
    # a question mark, its dot below
    "help": (((8.8, 9.6), (9.4, 8), (11, 7), (13, 7), (14.7, 8), (15.2, 9.6), (14.4, 11.2), (12, 12.8), (12, 14.4)),),
    # a person, and a plus
    "register": (
        ((3, 21), (3.8, 17), (6.5, 14.6), (10, 14), (13.5, 14.6), (16.2, 17), (17, 21)),
        ((19, 6), (19, 12)),
        ((16, 9), (22, 9)),
    ),
    # a sheet with a mark
    "evaluation": (
        ((6, 3), (15, 3), (19, 7), (19, 21), (6, 21), (6, 3)),
        ((9, 14), (11.4, 16.6), (15.8, 10.4)),
    ),
    # letters in two scripts
    "language": (
        ((3, 19), (7.5, 6), (12, 19)),
        ((4.6, 14.6), (10.4, 14.6)),
        ((15, 19), (15, 11), (16.4, 9.2), (18.6, 9.2), (20.4, 11), (20.4, 19)),
        ((15, 13.6), (17, 13.6)),
    ),
    # a tick in a sheet
    "approve": (((4, 4), (20, 4), (20, 20), (4, 20), (4, 4)), ((8, 12.4), (11, 15.4), (16.4, 8.6))),
    # a magnifying glass
    "review": (((15.2, 15.2), (21, 21)),),
    # an envelope
    "requests": (((3, 5), (21, 5), (21, 19), (3, 19), (3, 5)), ((3.6, 6), (12, 13), (20.4, 6))),
    # a clock with a bell's urgency
    "missing": (((12, 7), (12, 12), (15.4, 14)),),
    # a list
    "summary": (
        ((9, 6), (20, 6)),
        ((9, 12), (20, 12)),
        ((9, 18), (20, 18)),
        ((4, 6), (5, 6)),
        ((4, 12), (5, 12)),
        ((4, 18), (5, 18)),
    ),
    # a star
    "evaluate": (
        (
            (12, 3),
            (14.7, 8.9),
            (21, 9.6),
            (16.2, 13.9),
            (17.6, 20.4),
            (12, 17.1),
            (6.4, 20.4),
            (7.8, 13.9),
            (3, 9.6),
            (9.3, 8.9),
            (12, 3),
        ),
    ),
}
"""Each drawing's strokes."""
CIRCLES: Mapping[str, tuple[tuple[Point, float], ...]] = {
    "help": (((12, 12), 9.5), ((12, 17.4), 0.35)),
    "register": (((10, 7.5), 4),),
    "review": (((10, 10), 6.8),),
    "missing": (((12, 12), 9),),
}
"""Their circles: centre and radius."""


def icon_mask(name: str, side: int) -> Image:
    """The drawing as a mask of `side` by `side` pixels."""
    from PIL import Image, ImageDraw

    large = side * _LARGER
    scale = large / FIELD
    mask = Image.new("L", (large, large))
    drawing = ImageDraw.Draw(mask)
    width = round(_STROKE * scale)

    def dot(at: Point) -> None:
        x, y, r = at[0] * scale, at[1] * scale, width / 2
        drawing.ellipse((x - r, y - r, x + r, y + r), fill=255)

    for stroke in LINES.get(name, ()):
        drawing.line([(x * scale, y * scale) for x, y in stroke], fill=255, width=width, joint="curve")
        for end in stroke:
            dot(end)
    for (x, y), radius in CIRCLES.get(name, ()):
        r = radius * scale + width / 2
        drawing.ellipse((x * scale - r, y * scale - r, x * scale + r, y * scale + r), outline=255, width=width)
        if radius < 1:
            dot((x, y))
    return mask.resize((side, side), Image.Resampling.LANCZOS)
