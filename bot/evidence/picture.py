"""A picture as it was sent → a picture that may be kept: looked at by content, without place, owner or camera."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Imported where it is used: 20 MB that a bot without pictures never needs.
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What phones send; no other decoder is ever given the bytes."""
MOST_PIXELS = 50_000_000
"""Width times height. A bomb is refused by its header, before anything of it is unpacked."""
LONGEST_SIDE = 2560
"""Pixels of the longer side as kept: sharp on an A4 page."""
THUMBNAIL_SIDE = 480
CONTENT_TYPE = "image/jpeg"
_QUALITY, _THUMBNAIL_QUALITY = 88, 80


class NotAPicture(Exception):
    """The bytes are not a picture of a known format, are damaged, or would unpack to something enormous."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture and its thumbnail, both JPEG (sRGB, upright, nothing but pixels); sizes in pixels."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes


def clean(data: bytes) -> Cleaned:
    """Decode and encode again, so that only what can be seen is left. Slow (up to a second): not for the event loop.

    Of something animated the first frame is kept; what is transparent becomes white. Raises NotAPicture.
    """
    from PIL import Image

    # Pillow's own limit warns before it refuses; ours below is lower, and is looked at before any pixel is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as sent:
            width, height = sent.size
            if not 0 < width * height <= MOST_PIXELS:
                raise NotAPicture("too many pixels")  # noqa: TRY301 - the handler below lets it through
            kept = _only_pixels(sent)
    except NotAPicture:
        raise
    except Exception as error:
        raise NotAPicture(type(error).__name__) from error
    thumbnail = kept.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Cleaned(_jpeg(kept, _QUALITY), kept.width, kept.height, _jpeg(thumbnail, _THUMBNAIL_QUALITY))


def _only_pixels(sent: Image) -> Image:
    """Upright, in sRGB, no longer than `LONGEST_SIDE`, and in a fresh image that has no memory of the old one."""
    from PIL import Image, ImageOps

    profile = sent.info.get("icc_profile")
    # A JPEG can be unpacked at a half or a quarter of its size: less memory for what is scaled down anyway.
    if sent.format in {"JPEG", "MPO"}:
        sent.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image = ImageOps.exif_transpose(sent)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    mask = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        mask = image.getchannel("A")
    fresh = Image.new("RGB", image.size, "white")
    fresh.paste(_srgb(image.convert("RGB") if mask is not None else image, profile), mask=mask)
    return fresh


def _srgb(image: Image, profile: object) -> Image:
    """The same colours without the profile they were written in; one that cannot be used is left aside."""
    from PIL import ImageCms

    if isinstance(profile, bytes) and image.mode in {"RGB", "CMYK", "L"}:
        try:
            written_in = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(image, written_in, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None
        if turned is not None:
            return turned
    return image.convert("RGB")


def _jpeg(image: Image, quality: int) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
