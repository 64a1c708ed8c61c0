"""Names for buttons, names of people, and beginnings of texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.person_name import split_name
from handlers.report_questions import first_words
from handlers.short_names import NOT_FIRST, short_names

THAI = st.text(st.sampled_from("กขคงจมนรวสหอเแโใไะาิีึืุู็่้๊๋์ำ "), max_size=120)


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["ห้องสมุดสวนลุมพินี", "ห้องสมุดบางบอน"], ["สวนลุมพินี", "บางบอน"]),
        (["ห้องสมุดเขตพญาไท", "ห้องสมุดเขตดุสิต"], ["พญาไท", "ดุสิต"]),
        (["ห้องสมุดเก่า", "ห้องสมุดเกาะ"], ["เก่า", "เกาะ"]),
        (["ห้องสมุดสวนลุมพินี"], ["ห้องสมุดสวนลุมพินี"]),
        (["ก", "ข"], ["ก", "ข"]),
        (["ห้องสมุด", "ห้องสมุดบางบอน"], ["ห้องสมุด", "ห้องสมุดบางบอน"]),
        ([], []),
    ],
)
def test_short_names_begin_where_a_word_can(names: list[str], short: list[str]) -> None:
    """What all have in common is left out, never half a syllable, never all of a name."""
    assert short_names(names) == short


@given(st.lists(THAI.filter(str.strip), max_size=5))
def test_short_names_are_ends_of_names(names: list[str]) -> None:
    """Each is the end of its own name, not empty."""
    for name, short in zip(names, short_names(names), strict=True):
        assert short
        assert name.endswith(short)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("นภา ใจดี บรรณารักษ์", ("นภา ใจดี", "บรรณารักษ์")),
        ("นางสาว นภา ใจดี, บรรณารักษ์ชำนาญการ", ("นางสาว นภา ใจดี", "บรรณารักษ์ชำนาญการ")),
        ("ว่าที่ ร.ต. สมชาย รักดี เจ้าพนักงานห้องสมุด", ("ว่าที่ ร.ต. สมชาย รักดี", "เจ้าพนักงานห้องสมุด")),
        ("นภา ใจดี ตำแหน่ง บรรณารักษ์ค่ะ", ("นภา ใจดี", "บรรณารักษ์")),
        ("นภา ใจดี\nบรรณารักษ์\nชำนาญการ", ("นภา ใจดี", "บรรณารักษ์ ชำนาญการ")),
        ("นภา ใจดี", ("นภา ใจดี", "")),
        ("นภา", ("นภา", "")),
        ("Dr. Napa Jaidee / librarian", ("Dr. Napa Jaidee", "librarian")),
    ],
)
def test_a_name_and_a_position_are_told_apart(text: str, read: tuple[str, str]) -> None:
    """A mark, a line or the word ตำแหน่ง divides them; else the two words after the titles are the name."""
    assert split_name(text) == read


@given(THAI, st.integers(1, 60))
def test_a_beginning_never_cuts_off_a_vowel_or_tone_mark(text: str, limit: int) -> None:
    """What follows the cut could begin a word; the beginning is the text's own."""
    said = first_words(text, limit)
    line = " ".join(text.split())
    if said.endswith("…"):
        cut = said.removesuffix("…")
        assert line.startswith(cut)
        assert len(cut) < len(line)
        assert line[len(cut)] == " " or line[len(cut)] not in NOT_FIRST
    else:
        assert said == (line or "–")


def test_a_single_name_is_shortened_by_what_its_kind_has_in_common() -> None:
    """Most begin with the same words; a name that shares more with one of them keeps what is its own."""
    kind = "ห้องสมุดเพื่อการเรียนรู้"
    among = [kind + each for each in ("บางบอน", "สวนลุมพินี", "สวนมะลิ", "ประเวศ", "คลองบัวหลวง")]
    assert short_names([kind + "สวนลุมพินี"], among) == ["สวนลุมพินี"]
    assert short_names(["บ้านหนังสือ"], among) == ["บ้านหนังสือ"]
