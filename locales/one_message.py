"""A whole report in one message: "รายงาน 2300-848 ไตรมาส 3 36 ห้อง จัดกิจกรรม…".

After the command word come the indicator's code, the quarter or both; the number is taken only when it is one clear
number with its unit (or alone on its line), a word in its place only when it is wholly one of the indicator's answers,
and all that follows is the narrative, code point for code point. A pasted heading ("รายงานผลฯ ไตรมาสที่ 3 …") is none
of this.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import regex
from msgspec import Struct

from locales.thai_numbers import NumberRead, read_number
from locales.thai_phrases import fold, plain, without_tail
from locales.thai_quarters import QuarterSaid, quarter_at_start
from locales.thai_questions import intent
from models.rules.fiscal import Quarter

_NO_ANSWERS: Mapping[str, Sequence[str]] = MappingProxyType({})

LONGEST_HEAD = 200
"""Characters from the beginning of a message within which all but the narrative stands."""


class ReportSaid(Struct, frozen=True):
    """What one message says of a report; None: not said, to be asked.

    `code` is as typed, in ASCII digits, and may be unknown, or the one known code of the typed ending;
    `number_text` is what `read_number` reads with the indicator's units, or one of its answers in words, both as typed;
    `narrative` is the end of the message, unchanged.
    """

    code: str | None
    quarter: QuarterSaid | None
    number_text: str | None = None
    narrative: str | None = None


_OPENING = regex.compile(
    r"[\s\p{P}\p{S}]*(?:(?:ขอ|ส่ง|เริ่ม|ทำ)?รายงาน(?!ผล)[ \t:]*(?=[\dก-๙a-z])|(?:new )?report[ \t:]+)"
)
_OPENING_OF_A_RESULT = regex.compile(r"[\s\p{P}\p{S}]*(?:ขอ|ส่ง)?รายงานผล[ \t:]*(?=(?:ตัวชี้วัด)?\s*\d)")
_CODE = regex.compile(r"(?:ตัวชี้วัด(?:ที่)?|รหัส|indicator)?\s*(\d{3,8})\s?[-–]\s?(\d{1,5})(?![\d.,/-])\s*[,:]?")
# "รายงาน 849 ไตรมาส 1 …": without a quarter behind it, it may be the result.
_END_OF_A_CODE = regex.compile(r"(?:ตัวชี้วัด(?:ที่)?|รหัส|indicator)?\s*(\d{3,5})(?=\s*(?:ไตร|ไตม|q))")
# The activity that is counted is the narrative's beginning: "จัดกิจกรรม 3 ครั้ง ร่วมกับ…".
_TELLS_OF_WORK = regex.compile(r"\s*(?:จัด|ดำเนินการ)")
_GAP = regex.compile(r"[\s,:;]*")
_WORD = regex.compile(r"\S+")
_WORD_ENDS = regex.compile(r"(?<=\S)(?=\s|$)")
_LINE_END = regex.compile(r"[^\S\n]*(?:\n|$)")
# What makes the number before it less than clear: a range, a choice, an addition.
_NOT_THE_END = regex.compile(r"[^\S\n]*(?:[-–—~+/*×]\s*\d|ถึง|หรือ|กว่า|โดยประมาณ|ครึ่ง|or\b|to \d)")
_NEXT_WORD = regex.compile(r"[^\S\n]+(\S+)")
_ASKS = regex.compile(r"(?:หรือยัง|รึยัง|ไหม|มั้ย|หรือเปล่า|\?)\W*(?:ค่ะ|คะ|ครับ)?\W*$")
_MOST_WORDS = 8
_LONGEST_NUMBER = 80
_SHORTEST_NARRATIVE = 20
"""Characters that must follow a quarter without a code or number, before it is a report and not talk about one."""


def read_report(
    text: str,
    codes: Mapping[str, Sequence[str]],
    today_quarter: Quarter,
    answers: Mapping[str, Sequence[str]] = _NO_ANSWERS,
) -> ReportSaid | None:
    """The report that a message makes, or None when it is not clearly one. `codes`: each code's unit names.

    Without a code, and with one that is not in `codes`, the number may stand with any of their units. `answers`: the
    words that answer a code's question in place of a number (แล้ว), in all their forms. Never raises.
    """
    said, places = _head(text)
    opening = _OPENING_OF_A_RESULT.match(said) or _OPENING.match(said)
    if opening is None:
        return None
    place = opening.end()
    code, place = _code_at(said, place)
    if code is None:
        code, place = _ending_at(said, place, codes)
    units = codes.get(code or "") or tuple(dict.fromkeys(name for names in codes.values() for name in names))
    quarter = quarter_at_start(said[place:], today_quarter, [fold(name) for name in units])
    if quarter:
        place = _past_gap(said, place + quarter[1])
        if code is None:
            code, place = _code_at(said, place)
            units = codes.get(code or "") or units
    if code is None and (quarter is None or said.strip().startswith("รายงานผล")):
        return None
    start = places[place]
    end = _answer_end(text, start, answers.get(code or "", ()))
    if end == start:
        end = _number_end(text, start, units)
    number_text = text[start:end].strip(" \t\r\n,:;") or None
    narrative = text[end:].lstrip()
    if narrative and not _tells(narrative, number_text, code):
        return None
    return ReportSaid(code, quarter[0] if quarter else None, number_text, narrative or None)


def words_behind(text: str) -> list[tuple[int, int]]:
    """Where each of the first words behind รายงาน begins and ends in `text`; empty when it does not open a report."""
    said, places = _head(text)
    opening = _OPENING.match(said)
    if opening is None:
        return []
    words = list(_WORD.finditer(said, opening.end()))[:_MOST_WORDS]
    return [(places[word.start()], places[word.end()]) for word in words]


_folded = lru_cache(maxsize=512)(fold)
"""Of single characters, which tell nothing of anybody's text."""


def _head(text: str) -> tuple[str, list[int]]:
    """The beginning as `fold` writes it, and for each of its characters the place in `text` that it comes from."""
    said, places = "", list[int]()
    for place, char in enumerate(text[:LONGEST_HEAD]):
        if char.isspace():
            folded = "" if said.endswith(" ") else " "
        else:
            # A picture has no folded form, but it may begin the narrative.
            folded = _folded(char) or ("" if unicodedata.category(char) == "Cf" else char)
        said += folded
        places += [place] * len(folded)
    return said, [*places, min(len(text), LONGEST_HEAD)]


def _code_at(said: str, place: int) -> tuple[str | None, int]:
    """The code that stands at a place, and where what follows it begins."""
    found = _CODE.match(said, place)
    return (f"{found[1]}-{found[2]}", _past_gap(said, found.end())) if found else (None, place)


def _ending_at(said: str, place: int, codes: Mapping[str, Sequence[str]]) -> tuple[str | None, int]:
    """The one code that ends with the digits at a place, and where what follows them begins."""
    found = _END_OF_A_CODE.match(said, place)
    ending = [code for code in codes if code.endswith(found[1])] if found else []
    return (ending[0], _past_gap(said, found.end())) if found and len(ending) == 1 else (None, place)


def _past_gap(said: str, place: int) -> int:
    found = _GAP.match(said, place)
    return found.end() if found else place


def _answer_end(text: str, start: int, answers: Sequence[str]) -> int:
    """Where the longest of the answers ends that the words at `start` are, particles included; `start`: none is."""
    wanted = {_squeezed(answer) for answer in answers}
    if not wanted:
        return start
    head = text[start : start + LONGEST_HEAD]
    ends = [found.end() for found in _WORD_ENDS.finditer(head)][:_MOST_WORDS]
    return start + next((end for end in reversed(ends) if _squeezed(head[:end]) in wanted), 0)


def _squeezed(text: str) -> str:
    return plain(text).replace(" ", "")


def _number_end(text: str, start: int, units: Sequence[str]) -> int:
    """Where the one clear number with its unit ends that begins at `start`; `start` when there is none."""
    head = text[start : start + LONGEST_HEAD]
    if _TELLS_OF_WORK.match(head):
        return start
    ends = [found.end() for found in _WORD_ENDS.finditer(head[:_LONGEST_NUMBER])][:_MOST_WORDS]
    for end in ends:
        read = read_number(head[:end].rstrip(",:;"), units)
        if not isinstance(read, NumberRead) or _NOT_THE_END.match(head, end):
            continue
        alone = end < _LONGEST_NUMBER and _LINE_END.match(head, end)
        if alone or read.is_percent or not isinstance(read_number(head[:end].rstrip(",:;")), NumberRead):
            return start + _past_particle(head, end)
    return start


def _past_particle(head: str, end: int) -> int:
    """A polite particle that stands by itself belongs to the number."""
    word = _NEXT_WORD.match(head, end)
    particle = fold(word[1]) if word else ""
    return int(word.end()) if word and particle and without_tail(f"x {particle}").strip() == "x" else end


def _tells(narrative: str, number_text: str | None, code: str | None) -> bool:
    """Whether what follows is a narrative and not a question or small talk about a report."""
    if number_text:
        return True
    if intent(narrative) is not None or _ASKS.search(narrative[-40:]):
        return False
    return code is not None or len(narrative) >= _SHORTEST_NARRATIVE
