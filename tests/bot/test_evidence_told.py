"""What the sender of lost pictures reads."""

from __future__ import annotations

import pytest

from bot.evidence.loss import told_lost

EN_AGAIN = "\nThe other answers are all kept. To attach it after all, please send the picture again."
TH_LOST = """\
ไม่ได้เก็บรูป 1 รูป เพราะ LINE ไม่มีรูปนั้นแล้ว
ไม่ได้เก็บไฟล์ 1 ไฟล์ เพราะเปิดเป็นรูปไม่ได้
ไม่ได้เก็บรูป 2 รูป เพราะใหญ่เกิน 10 MB
คำตอบอื่นในรายงานยังอยู่ครบ หากต้องการแนบ กรุณาส่งรูปใหม่"""


@pytest.mark.parametrize(
    ("language", "reasons", "said"),
    [
        ("th", ["too_large", "not_a_picture", "too_large", "expired"], TH_LOST),
        ("th", ["unsent"], "ไม่ได้เก็บรูป 1 รูปที่ยกเลิกการส่งแล้ว"),
        ("en", ["expired", "expired"], "2 pictures were not kept: LINE no longer has them." + EN_AGAIN),
        ("en", ["not_a_picture"], "One file was not kept: it cannot be opened as a picture." + EN_AGAIN),
        ("en", ["unsent", "unsent"], "2 pictures were not kept: you took them back."),
    ],
)
def test_told_once(language: str, reasons: list[str], said: str) -> None:
    """One message for all: each reason with its number, and what to do; what was taken back is not asked for again."""
    told = told_lost(language, reasons)
    assert (told.text, told.buttons, told.cards) == (said, (), ())
