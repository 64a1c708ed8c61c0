"""The pictures of the rich menus, as rendered: within LINE's limits, no word cut off, no tone mark lost."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageFont, features

from bot.richmenu import fonts
from bot.richmenu.fonts import CannotDraw, bold_font
from bot.richmenu.icons import CIRCLES, LINES
from bot.richmenu.picture import FIRST, INK, WIDTH, Box, Cell, WordTooLong, boxes, draw
from bot.richmenu.wanted import Wanted, wanted_menus
from bot.simulator.rich_menu_rules import FIELDS, areas_outside, picture_problem
from bot.simulator.shapes import fields
from handlers.menus import MENUS

EDGE = 12
"""Pixels beside a cell's border that no letter may touch."""


@pytest.fixture(scope="module")
def wanted() -> tuple[Wanted, ...]:
    """All menus, drawn once."""
    return wanted_menus()


@pytest.fixture
def nothing_known() -> Iterator[None]:
    """What was found out about this machine's fonts is forgotten, before and after."""
    bold_font.cache_clear()
    yield
    bold_font.cache_clear()


def test_line_takes_every_menu(wanted: tuple[Wanted, ...]) -> None:
    """Definition and picture pass every rule of the fake LINE, which counts apart from the bot."""
    assert [each.menu for each in wanted] == list(MENUS)
    for each in wanted:
        assert list(fields(each.definition, (), required=FIELDS)) == []
        assert areas_outside(each.definition) == []
        assert picture_problem(each.definition, "image/png", each.picture) == ""
        assert len(each.picture) < 300_000


def test_the_same_menu_has_the_same_name(wanted: tuple[Wanted, ...]) -> None:
    """Drawn again nothing has another name, and no two menus share one."""
    assert [each.name for each in wanted_menus()] == [each.name for each in wanted]
    assert len({each.name for each in wanted}) == len(wanted)


def test_no_letter_touches_an_edge(wanted: tuple[Wanted, ...]) -> None:
    """Beside every cell's border there is only ground: no word, vowel or tone mark is cut off."""
    for each in wanted:
        with Image.open(io.BytesIO(each.picture)) as picture:
            for place, box in enumerate(boxes(len(MENUS[each.menu]))):
                ground = picture.getpixel((box.x + EDGE, box.y + EDGE))
                assert ground == (tuple(bytes.fromhex(FIRST[1:])) if place == 0 else (255, 255, 255))
                inner = picture.crop((box.x + 6, box.y + 6, box.x + box.width - 6, box.y + box.height - 6))
                for strip in strips(inner):
                    assert strip.getcolors() == [(strip.width * strip.height, ground)], each.name


def test_words_keep_their_distance_from_the_edges(wanted: tuple[Wanted, ...]) -> None:
    """A tenth of each cell stays free on its left and right: neighbouring words never run into each other."""
    for each in wanted:
        with Image.open(io.BytesIO(each.picture)) as picture:
            for box in boxes(len(MENUS[each.menu])):
                top, free = box.y + 6, box.width // 10
                for left in (box.x + 6, box.x + box.width - free):
                    strip = picture.crop((left, top, left + free - 6, box.y + box.height - 6))
                    assert len(strip.getcolors() or ()) == 1, each.name


def strips(cell: Image.Image) -> list[Image.Image]:
    """The four edges of a cell."""
    width, height = cell.size
    sides = [(0, 0, EDGE, height), (width - EDGE, 0, width, height), (0, 0, width, EDGE)]
    return [cell.crop(side) for side in [*sides, (0, height - EDGE, width, height)]]


def contrast(ink: str, ground: str) -> float:
    """WCAG's ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(ink), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def test_letters_stand_out() -> None:
    """The contrast of letters and ground is WCAG's AAA, 7 to 1, in both colours."""
    assert contrast(INK, "#FFFFFF") >= 7
    assert contrast("#FFFFFF", FIRST) >= 7


def test_tone_marks_stand_above_their_vowels() -> None:
    """With RAQM the tone mark of "ที่" is lifted above its vowel; unshaped it would fall into it."""
    assert features.check("raqm")
    font = bold_font("th")
    heights = {
        layout: ImageFont.truetype(font.path, 200, font.index, layout_engine=layout).getbbox("ที่")[1]
        for layout in (ImageFont.Layout.RAQM, ImageFont.Layout.BASIC)
    }
    assert heights[ImageFont.Layout.RAQM] < heights[ImageFont.Layout.BASIC]


@pytest.mark.parametrize("count", range(1, 9))
def test_cells_cover_the_picture(count: int) -> None:
    """However many buttons there are, their places cover the picture without gap or overlap."""
    made = boxes(count)
    height = max(each.y + each.height for each in made)
    assert len(made) == count
    assert sum(each.width * each.height for each in made) == WIDTH * height
    assert WIDTH / height >= 1.45
    assert made[0] == Box(0, 0, made[0].width, made[0].height)


def test_every_button_has_its_drawing() -> None:
    """No button is without an icon."""
    assert {button for buttons in MENUS.values() for button in buttons} <= set(LINES) | set(CIRCLES)


def test_a_word_that_would_be_too_small_is_refused() -> None:
    """A word that fits only in letters nobody could read stops the drawing."""
    with pytest.raises(WordTooLong, match="รายงานผลการดำเนินงาน"):
        draw([Cell("help", word, "Help") for word in ("รายงานผลการดำเนินงานตัวชี้วัด", "ข", "ค", "ง")])


@pytest.mark.usefixtures("nothing_known")
def test_without_fontconfig_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fonts cannot be looked up, the sentence says what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotDraw, match=r"apt-get install fontconfig fonts-thai-tlwg"):
        bold_font("th")


@pytest.mark.usefixtures("nothing_known")
def test_without_a_thai_font_the_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Fontconfig without any Thai font answers with another: it is not taken, and the sentence says what to install."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
    with pytest.raises(CannotDraw, match=r"apt-get install fonts-thai-tlwg"):
        bold_font("th")


def test_without_raqm_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pillow that cannot place tone marks is refused, with the package's name: they would collide without a word."""
    monkeypatch.setattr(features, "check", lambda _feature: False)
    with pytest.raises(CannotDraw, match="libraqm0"):
        fonts.check_shaping()
