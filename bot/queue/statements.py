"""The SQL of processes that share the chats, in the way of `bot.sql`: PostgreSQL alone, whose clock counts."""

from __future__ import annotations

from bot.sql import Statement

ADD_PARTITIONS = Statement(
    "INSERT INTO partition_lease (id, owner, until) SELECT number, '', to_timestamp(0)"
    " FROM generate_series(0, ? - 1) AS number ON CONFLICT (id) DO NOTHING"
)
SIGN_IN = Statement(
    "INSERT INTO process (id, seen_until) VALUES (?, clock_timestamp() + make_interval(secs => ?))"
    " ON CONFLICT (id) DO UPDATE SET seen_until = excluded.seen_until"
)
SIGN_OUT = Statement("DELETE FROM process WHERE id = ? OR seen_until < clock_timestamp() - interval '1 hour'")
COUNT_PROCESSES = Statement("SELECT count(*) AS processes FROM process WHERE seen_until > clock_timestamp()")
# Tortoise gives back no rows of a statement that begins with UPDATE.
RENEW_LEASES = Statement(
    "WITH renewed AS (UPDATE partition_lease SET until = clock_timestamp() + make_interval(secs => ?) WHERE owner = ?"
    " AND until > to_timestamp(0) RETURNING id) SELECT id FROM renewed"
)
TAKE_LEASES = Statement(
    "WITH taken AS (UPDATE partition_lease SET owner = ?, until = clock_timestamp() + make_interval(secs => ?)"
    " WHERE id IN (SELECT id FROM partition_lease WHERE until < clock_timestamp() ORDER BY id LIMIT ?"
    " FOR UPDATE SKIP LOCKED) RETURNING id) SELECT id FROM taken"
)
GIVE_UP_LEASES = Statement("UPDATE partition_lease SET until = to_timestamp(0) WHERE owner = ? AND id IN ids(?)")
