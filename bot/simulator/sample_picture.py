"""A photo for whoever has none at hand: drawn here, and carrying what a phone writes into its photos."""

from __future__ import annotations

from functools import cache
from io import BytesIO

_GPS, _MAKE, _ORIENTATION, _TAKEN = 0x8825, 0x010F, 0x0112, 0x0132
_TURNED_RIGHT = 6
"""As phones store an upright photo: lying on its side, with a note to turn it."""
_PLACE = {1: "N", 2: (13.0, 46.0, 21.7), 3: "E", 4: (100.0, 30.0, 1.3)}
"""The National Library in Bangkok."""


@cache
def sample_picture(number: int = 0) -> bytes:
    """A JPEG of shelves, 1200 pixels high and 900 wide once turned, with EXIF, place and an orientation.

    `number` gives other colours, so that two samples differ.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (900, 1200), (238, 242, 246))
    draw = ImageDraw.Draw(image)
    for shelf in range(4):
        bottom = 280 * (shelf + 1)
        for book in range(14):
            left, height = 40 + book * 60, 150 + (book * 37 + shelf * 53 + number * 29) % 70
            colour = tuple((book * step + shelf * 40 + number * 67) % 200 for step in (31, 57, 83))
            draw.rectangle((left, bottom - height, left + 46, bottom), fill=colour)
        draw.rectangle((20, bottom, 880, bottom + 18), fill=(120, 84, 52))
    exif = Image.Exif()
    exif[_MAKE], exif[_TAKEN], exif[_ORIENTATION] = "Raingan", "2026:11:22 09:00:00", _TURNED_RIGHT
    exif[_GPS] = _PLACE
    written = BytesIO()
    image.transpose(Image.Transpose.ROTATE_90).save(written, "JPEG", quality=85, exif=exif)
    return written.getvalue()
