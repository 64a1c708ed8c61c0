"""Invitation codes: 60 bits in three groups of four, easy to read out and to type on a phone.

The alphabet is Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U, and what looks like a digit
is read as it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212\u00ad\u200b-\u200d\ufeff_·]+")


def new_code(random_bytes: Callable[[int], bytes]) -> str:
    """A code such as "7K3M-Q2XD-9FHA" from `LENGTH` random bytes, 5 bits of each."""
    symbols = "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(LENGTH))
    return "-".join(symbols[start : start + 4] for start in range(0, LENGTH, 4))


def normalise(text: str) -> str | None:
    """The twelve symbols that a text is, whatever its case, spacing and digits; None when it is anything else.

    Thai and full-width digits and letters are read, O as 0, I and L as 1.
    """
    letters = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LOOK_ALIKES)
    symbols = "".join(str(unicodedata.decimal(letter, letter)) for letter in letters)
    if len(symbols) != LENGTH or not all(symbol in ALPHABET for symbol in symbols):
        return None
    return symbols


def code_hash(code: str) -> str:
    """What the database keeps of a normalised code: SHA-256, in hex. 60 random bits need no salt or stretching."""
    return hashlib.sha256(code.encode()).hexdigest()
