"""What a picture is called in the store. It follows from the row alone, so a second try overwrites the first."""

from __future__ import annotations


def picture_name(picture_id: str) -> str:
    """The picture itself; `picture_id` is the row's UUID as text."""
    return f"evidence/{picture_id}.jpg"


def thumbnail_name(picture_id: str) -> str:
    """Its thumbnail, beside it."""
    return thumbnail_of(picture_name(picture_id))


def thumbnail_of(path: str) -> str:
    """The thumbnail beside a picture: a carried-over picture has a row of its own and the file of the first."""
    return f"{path.removesuffix('.jpg')}-small.jpg"
