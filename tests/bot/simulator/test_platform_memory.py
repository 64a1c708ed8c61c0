"""What the fake LINE remembers, for how long, and that it forgets."""

from __future__ import annotations

import uuid
from datetime import timedelta

from bot.simulator.state import Accepted, Quota, ReplyTokens, RetryKeys, TokenBucket
from bot.simulator.ulid import UlidMaker
from tests.bot.simulator.loopback import ANONG, MORNING, line


def test_token_bucket_refills() -> None:
    """A bucket that was emptied takes as many calls again as its rate brings back."""
    seconds = 0.0
    bucket = TokenBucket(10, lambda: seconds)
    assert [bucket.take() for _ in range(11)] == [True] * 10 + [False]
    seconds = 0.25
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    seconds = 60
    assert [bucket.take() for _ in range(11)] == [True] * 10 + [False]


def test_quota_is_all_or_nothing() -> None:
    """A call that the rest of the month cannot hold counts nothing at all."""
    quota = Quota(5)
    assert quota.take(3, MORNING)
    assert not quota.take(3, MORNING)
    assert quota.used(MORNING) == 3
    assert quota.used(MORNING + timedelta(days=30)) == 0
    assert Quota(None).take(10**6, MORNING)


async def test_channel_without_a_limit() -> None:
    """A channel whose plan has no limit says so."""
    async with line(monthly_quota=None) as world:
        assert (await world.call("/v2/bot/message/quota"))[1] == {"type": "none"}


def test_old_tokens_are_forgotten() -> None:
    """Tokens that no redelivery can renew any more take no memory."""
    tokens = ReplyTokens()
    for n in range(100):
        at = MORNING + timedelta(minutes=n)
        tokens.delivered(f"token {n}", ANONG, at, at)
        if n % 2:
            tokens.spend(f"token {n}")
    assert len(tokens._tokens) + len(tokens._spent) < 30


def test_old_retry_keys_are_forgotten() -> None:
    """Retry keys go after their day."""
    keys = RetryKeys()
    for n in range(100):
        keys.remember(uuid.UUID(int=n), Accepted("id", b"", MORNING + timedelta(hours=n), None))
    assert len(keys._accepted) <= 26
    assert keys.find(uuid.UUID(int=99), MORNING + timedelta(hours=124)) is None


def test_ulid_begins_with_its_time() -> None:
    """The first ten characters are the milliseconds, so ids of later events are greater."""
    maker = UlidMaker()
    first, second, later = maker.make(MORNING), maker.make(MORNING), maker.make(MORNING + timedelta(milliseconds=1))
    assert first[:10] == second[:10]
    assert first < second < later
    assert len(first) == 26
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for letter in first[:10]:
        value = value * 32 + alphabet.index(letter)
    assert value == int(MORNING.timestamp() * 1000)
