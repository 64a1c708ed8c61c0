"""What short answers mean: yes and no, and the choice of a named option; and the form in which texts are compared.

Nothing that is returned here is stored in place of what the person wrote.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import regex
from msgspec import Struct

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


_UNSEEN = regex.compile(r"[\p{Cf}\p{Co}\p{Cs}\p{Cn}\uFE00-\uFE0F\u20E3]|(?!\s)\p{Cc}")


_PICTURES = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]")


_NIKHAHIT_FIRST = regex.compile("ํ([่-๋]?)า")


_SPACES = regex.compile(r"\s+")


_BETWEEN = regex.compile(r"[\s\"'“”‘’]+")


_WORD_ENDS = regex.compile(r"[\s,/]+")


_PLACE = regex.compile(r"(?:ข้อที่|ข้อ|ที่|no\.?|#)?(\d{1,3})")


_NEGATION = regex.compile(r"ไม่|มิได้|งด|ยกเลิก|\bnot|non|^un|^no")


_PARTICLE = regex.compile(
    r"(?:นะ|น่ะ|น้า|น๊า|หน่อย|ด้วย)?\s*"
    r"(?:เจ้าค่ะ|เจ้าคะ|เจ้าค่า|ค่ะ|คะ|ค้ะ|คร่ะ|ค่า|ค้า|ครับผม|คับผม|ครับ|คับ|คร้าบ|คร๊าบ|ค้าบ|ครัช|ขอรับ|จ้า|จ้ะ|จ๊ะ|จ่ะ|จร้า|ฮะ|ฮับ|นะ|น่ะ|น้า|น๊า|หน่อย|ด้วย|please)"
    r"(?:(?<=ะ)ะ|(?<=า)า|(?<=บ)บ)*$"
)


_LAUGHTER = regex.compile(r"(?:(?<![\d.,/:-])5{3,}\+*|(?:ฮ่า|ฮา|อิ|คิ|ha|ฮ่ะ)(?:\s*(?:ฮ่า|ฮา|อิ|คิ|ha|ฮ่ะ|ๆ))+)$")


_REPEATED = regex.compile(r"\s*ๆ+$")


_LEADING_MARKS = regex.compile(r"^[\s\p{P}\p{S}]+")


_TRAILING_MARKS = regex.compile(r"[\s\p{P}\p{S}]+$")


# Particles and laughter are looked for in this many last characters only, so that no text is slow.
_TAIL = 160


# The longest particle with what stands before it, but for the letters that "ครับบบ" draws out.
_LONGEST_PARTICLE = 24


_DRAWN_OUT = "ะาบ"


# "ค่ะ! 555 นะคะ." alternates; nobody means more than this.
_ROUNDS = 6


# No label, name or command comes near this length: of a longer text only its two ends are compared. Cut before the
# text is folded and again once it is composed, for one character can become eighteen (ﷺ).
_END = 1000


def fold(text: str) -> str:
    """The same characters, each in its one usual form: digits, widths, case, SARA AM, แ, spaces; nothing unseen."""
    return _folded(unicodedata.normalize("NFKC", text))


def _folded(composed: str) -> str:
    text = composed.casefold().translate(_THAI_DIGITS)
    text = _PICTURES.sub(" ", _UNSEEN.sub("", text))
    text = _NIKHAHIT_FIRST.sub(r"\1ำ", text).replace("เเ", "แ")
    return str(_SPACES.sub(" ", text)).strip()


def without_tail(text: str, *, laughter: bool = True) -> str:
    """A folded text without polite particles (and laughter) at its end, as long as something else is left."""
    head, tail = text[:-_TAIL], text[-_TAIL:]
    for _ in range(_ROUNDS):
        shorter = _without_one(tail.rstrip(), laughter=laughter).rstrip()
        if shorter == tail or not (head or _LEADING_MARKS.sub("", shorter)):
            break
        tail = shorter
    return head + tail


# One turn compares the same text several times over. No more than the last few are held, here and below.
@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text as it is compared: folded, without punctuation at its ends, particles and laughter."""
    text = _ends(_folded(_two_ends(unicodedata.normalize("NFKC", _two_ends(text)))))
    for _ in range(_ROUNDS):
        shorter = _ends(without_tail(text))
        if shorter == text:
            break
        text = shorter
    return text


class Several(Struct, frozen=True):
    """More than one option fits: their places, counted from 0."""

    indices: tuple[int, ...]


_YES = (
    "ใช่|ใช่แล้ว|ใช่ๆ|ช่าย|ใช้|ถูก|ถูกแล้ว|ถูกต้อง|ถูกต้องแล้ว|ถูกต้องครบถ้วน|โอเค|โอเคเลย|ตกลง|ได้|ได้เลย|ยืนยัน|จริง|เห็นด้วย|"
    "ok|okay|yes|y|yep|yeah|yes please|correct|right|that's right|that is right|sure|confirm"
)


_NO = (
    "ไม่|ไม่ใช่|ม่ายช่าย|ไม่ใช้|ไม่ถูก|ไม่ถูกต้อง|ไม่ตกลง|ไม่ได้|ไม่เอา|ไม่โอเค|ไม่จริง|ยังไม่ถูก|ยังไม่ถูกต้อง|ยังไม่ใช่|ผิด|ผิดแล้ว|เปล่า|"
    "no|n|nope|not correct|incorrect|wrong|not right|that's wrong"
)


LIBRARY = ("ห้องสมุด", "หอสมุด")
"""What people call a library before its own name, whatever the office's list calls it."""


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no, None for anything else; รับทราบ and a bare ค่ะ or ครับ are neither."""
    if len(text) > 200:
        return None
    said = plain(text)
    for each in ([said], [word for word in _WORD_ENDS.split(said) if word]):
        answer = _ANSWERS.get(squeezed(plain(each[0]))) if each else None
        # `all` stops at the first word that is none, so that two hundred words cost no more than two.
        if answer is not None and all(_ANSWERS.get(squeezed(plain(word))) is answer for word in each[1:]):
            return answer
    return None


def match(text: str, options: Sequence[Sequence[str]], *, numbered: int = 0) -> int | Several | None:
    """Which of the options the text names: its place from 0, `Several` to ask back, None when none fits.

    Each option is all of its names. A whole name beats a part of one; a part must be of one option only. A part that
    leaves out the name's negation ("ได้ดำเนินการ" of "ไม่ได้ดำเนินการ") never chooses it, but makes the choice unclear.
    A number is the place of one of the first `numbered` options, as shown, from 1.
    """
    if len(text) > 400:
        return None
    said = squeezed(plain(text))
    if not said:
        return None
    names = [[_compared(name) for name in option] for option in options]
    exact = [place for place, option in enumerate(names) if said in option]
    if exact:
        return _one_or_several(exact)
    if numbered and (number := _PLACE.fullmatch(said)):
        place = int(number[1]) - 1
        return place if 0 <= place < numbered else None
    if len(said) < (3 if said.isdigit() else 2) or unicodedata.category(said[0]) == "Mn":
        return None
    parts = [place for place, option in enumerate(names) if any(said in name for name in option)]
    if any(any(_keeps_negation(said, name) for name in names[place]) for place in parts):
        return _one_or_several(parts)
    return None


def _without_one(tail: str, *, laughter: bool) -> str:
    if found := _PARTICLE.search(tail, max(0, len(tail.rstrip(_DRAWN_OUT)) - _LONGEST_PARTICLE)):
        return tail[: found.start()]
    for pattern in (_LAUGHTER, _REPEATED) if laughter else ():
        if found := pattern.search(tail):
            return tail[: found.start()]
    return tail


def _two_ends(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 2 * _END else text[:_END] + text[-_END:]


def _ends(text: str) -> str:
    tail = _TRAILING_MARKS.sub("", text[-_TAIL:])
    shorter = _LEADING_MARKS.sub("", text[:-_TAIL] + tail)
    return str(shorter) or text


# The same options stand before everybody, forty of them with long names at times; what people write is not kept here.
@lru_cache(maxsize=1024)
def _compared(name: str) -> str:
    return squeezed(plain(name))


def squeezed(text: str) -> str:
    return str(_BETWEEN.sub("", text))


def _keeps_negation(part: str, name: str) -> bool:
    place = name.find(part)
    return place >= 0 and not _NEGATION.search(name[:place])


def _one_or_several(places: list[int]) -> int | Several:
    return places[0] if len(places) == 1 else Several(tuple(places))


_ANSWERS = {
    **{squeezed(plain(word)): True for word in _YES.split("|")},
    **{squeezed(plain(word)): False for word in _NO.split("|")},
}
