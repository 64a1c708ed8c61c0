"""What is left of a picture once it may be kept."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bot.evidence.picture import LONGEST_SIDE, THUMBNAIL_SIDE, NotAPicture, clean
from bot.simulator.sample_picture import sample_picture

RED, GREEN = (200, 30, 30), (30, 160, 60)


def encoded(image: Image.Image, kind: str, **further: Any) -> bytes:
    """The picture as a file of this format."""
    written = BytesIO()
    image.save(written, kind, **further)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    """A kept picture, unpacked."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def close_to(found: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether two colours are the same but for what JPEG does to them."""
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


def test_exif_and_place_are_gone() -> None:
    """Nothing of camera, time or place is in the picture or its thumbnail, nor anywhere in their bytes."""
    sent = sample_picture()
    with Image.open(BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825)
    cleaned = clean(sent)
    for kept in (cleaned.data, cleaned.thumbnail):
        image = opened(kept)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert b"Exif" not in kept
        assert b"Raingan" not in kept


def test_upright() -> None:
    """The orientation that a phone notes is applied before the note is lost."""
    cleaned = clean(sample_picture())
    assert (cleaned.width, cleaned.height) == (900, 1200) == opened(cleaned.data).size
    assert opened(cleaned.thumbnail).size == (360, THUMBNAIL_SIDE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_formats(kind: str) -> None:
    """What phones send is read, and kept as JPEG."""
    cleaned = clean(encoded(Image.new("RGB", (64, 48), RED), kind))
    kept = opened(cleaned.data)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (64, 48))
    assert close_to(kept.getpixel((30, 20)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_modes(mode: str) -> None:
    """Every way of writing pixels that these formats have becomes plain colours."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(clean(encoded(Image.new(mode, (20, 10)), kind)).data).mode == "RGB"


def test_transparent_is_white() -> None:
    """What is transparent shows as white paper, not as black."""
    image = Image.new("RGBA", (40, 20), (*GREEN, 255))
    image.paste((0, 0, 0, 0), (0, 0, 20, 20))
    kept = opened(clean(encoded(image, "PNG")).data)
    assert close_to(kept.getpixel((5, 10)), (255, 255, 255))
    assert close_to(kept.getpixel((35, 10)), GREEN)


def test_first_frame() -> None:
    """Of something animated the first frame is kept."""
    frames = [Image.new("RGB", (30, 30), colour) for colour in (RED, GREEN)]
    cleaned = clean(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert close_to(opened(cleaned.data).getpixel((15, 15)), RED)


def test_colour_profile() -> None:
    """A profile is applied and not kept; a broken one is left aside."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"no profile at all"):
        kept = opened(clean(encoded(Image.new("RGB", (20, 20), RED), "JPEG", icc_profile=icc, comment=b"hello")).data)
        assert "icc_profile" not in kept.info
        assert "comment" not in kept.info
        assert close_to(kept.getpixel((10, 10)), RED)


def test_scaled_down() -> None:
    """A picture larger than can be of use is made smaller, its shape kept."""
    cleaned = clean(encoded(Image.new("RGB", (4000, 1000), RED), "JPEG"))
    assert (cleaned.width, cleaned.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 not a picture",
        "ข้อความ".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        sample_picture()[:3000],
        encoded(Image.new("RGB", (20, 20)), "BMP"),
        encoded(Image.new("RGB", (20, 20)), "TIFF"),
        png_header(30_000, 30_000),
        png_header(10, 10),
    ],
    ids=["empty", "pdf", "text", "svg", "cut-off", "bmp", "tiff", "bomb", "hollow"],
)
def test_not_a_picture(data: bytes) -> None:
    """What is no picture, damaged, of a format that no phone sends, or a bomb is refused."""
    with pytest.raises(NotAPicture):
        clean(data)


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF"]))
def test_any_bytes(data: bytes, begin: bytes) -> None:
    """Whatever is sent is either a picture or refused, never another error."""
    try:
        clean(begin + data)
    except NotAPicture:
        return
