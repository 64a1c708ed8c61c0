"""Long texts are parted between words and lose nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pythainlp.tokenize import word_tokenize

from bot.line.limits import grapheme_ends, graphemes, utf16_units
from bot.line.text import shorten, split, thai_words

THAI = "จัดทำบรรณนิทัศน์ออนไลน์เผยแพร่ทางเฟซบุ๊กห้องสมุด"

alphabet = st.one_of(
    st.sampled_from(["ก", "ผู้", "น้ำ", "ห้องสมุด", " ", "\n", ". ", "😀", "👩‍👩‍👧", "🇹🇭", "e\u0301", "\r\n", "word"]),
    st.characters(codec="utf-8"),
)
texts = st.lists(alphabet, max_size=120).map("".join)


def test_a_text_that_fits_is_one_part() -> None:
    """5,000 units are not touched."""
    assert split("ก" * 5000) == ["ก" * 5000]


@pytest.mark.parametrize("blank", ["", " ", "\n\n\t", " " * 6000])
def test_a_blank_text_is_no_message(blank: str) -> None:
    """LINE refuses white space, so nothing is sent for it."""
    assert split(blank) == []


def test_a_newline_is_preferred_to_a_space() -> None:
    """A paragraph stays whole where one ends in the second half of the message."""
    assert split("ab cd ef\nij kl mn", 14) == ["ab cd ef\n", "ij kl mn"]


def test_a_space_is_preferred_to_a_thai_word() -> None:
    """Thai writes spaces between phrases, so the cut goes there."""
    assert split("บรรณนิทัศน์ ออนไลน์ห้องสมุด", 25) == ["บรรณนิทัศน์ ", "ออนไลน์ห้องสมุด"]


def test_thai_without_spaces_is_parted_between_words() -> None:
    """No Thai word is cut in two."""
    assert split(THAI, 20) == ["จัดทำบรรณนิทัศน์", "ออนไลน์เผยแพร่ทาง", "เฟซบุ๊กห้องสมุด"]


def test_a_whole_narrative_is_parted_between_words() -> None:
    """20,000 characters of unspaced Thai become messages that each begin and end with a whole word."""
    text = THAI * 408
    parts = split(text)
    assert "".join(parts) == text
    assert len(parts) == 4
    words = ("จัดทำ", "บรรณ", "นิทัศน์", "ออนไลน์", "เผยแพร่", "ทาง", "เฟซบุ๊ก", "ห้องสมุด")
    assert all(part.startswith(words) and part.endswith(words) for part in parts)


def test_white_space_at_the_end_does_not_become_a_message() -> None:
    """A last newline that no longer fits takes the last word along."""
    assert split("ab cd\n\n", 5) == ["ab ", "cd\n\n"]


def test_one_word_longer_than_a_message_is_parted_at_a_cluster() -> None:
    """A word that fits nowhere is the only one to be cut."""
    assert split("กี่" * 10, 9) == ["กี่" * 3, "กี่" * 3, "กี่" * 3, "กี่"]


def test_one_cluster_longer_than_a_message_still_goes_out() -> None:
    """Hundreds of marks on one letter are no reason to lose them."""
    text = "e" + "\u0301" * 25
    assert "".join(split(text, 10)) == text


@settings(deadline=None)  # the first look at Thai words reads the dictionary
@given(texts, st.integers(min_value=10, max_value=60))
def test_every_part_fits_and_has_something_to_read(text: str, limit: int) -> None:
    """No part is over the limit or blank, and nothing but white space is ever left out."""
    parts = split(text, limit)
    assert all(utf16_units(part) <= limit and part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@settings(deadline=None)  # the first look at Thai words reads the dictionary
@given(texts, st.integers(min_value=40, max_value=80))
def test_the_parts_are_the_text(text: str, limit: int) -> None:
    """Joined they are the text, code point for code point, each cut between two clusters."""
    assume(text.strip())
    longest_gap = max((len(gap) for gap in re.findall(r"\s+", text)), default=0)
    assume(longest_gap <= limit // 4)
    ends = list(grapheme_ends(text))
    sizes = [utf16_units(text[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    assume(max(sizes) <= limit // 2)
    parts = split(text, limit)
    assert "".join(parts) == text
    assert sum(graphemes(part) for part in parts) == graphemes(text)


def test_an_alt_text_is_shortened_at_a_word() -> None:
    """What does not fit ends with … behind a whole word."""
    assert shorten("หนึ่ง สอง สาม", 20) == "หนึ่ง สอง สาม"
    assert shorten("one two three", 10) == "one two…"


@settings(deadline=None)  # the first look at Thai words reads the dictionary
@given(texts, st.integers(min_value=10, max_value=60))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    """The … is counted too."""
    assert utf16_units(shorten(text, limit)) <= limit


@settings(deadline=None)  # the tokeniser's own dictionary is half a second of work
@given(texts)
def test_words_are_those_of_the_whole_dictionary(text: str) -> None:
    """Words that do not occur in a text change nothing: the tokeniser finds the same with all that it knows."""
    words = word_tokenize(text, engine="newmm", join_broken_num=False)
    assert thai_words(text) == (words if "".join(words) == text else [])


@pytest.mark.parametrize("text", ["", "abc", "กกก", " ตา กลม ", "จำนวนห้องสมุดที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต" * 8])
def test_words_of_this_are_those_of_the_whole_dictionary(text: str) -> None:
    """Without any word of the dictionary, and with many."""
    assert thai_words(text) == word_tokenize(text, engine="newmm", join_broken_num=False)
