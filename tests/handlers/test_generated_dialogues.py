"""Two hundred people reach the receipt, each by a way of their own."""

from __future__ import annotations

import pytest

from tests.handlers.dialogue import Dialogue


@pytest.mark.parametrize("seed", range(200))
def test_what_was_meant_is_what_is_stored(seed: int) -> None:
    """From the greeting by slips and detours to a stored version, equal to what the person had in mind."""
    dialogue = Dialogue(seed)
    try:
        stored = dialogue.walk()
        assert dialogue.wanted.is_in(stored), stored
    except (AssertionError, LookupError) as failed:
        failed.add_note(f"seed {seed}, {dialogue.wanted}\n" + "\n".join(dialogue.log))
        raise
