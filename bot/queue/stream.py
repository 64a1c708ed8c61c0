"""The stream that NATS keeps for the queue: as often as its cluster allows, and spread once that is whole."""

from __future__ import annotations

import dataclasses

import structlog
from nats.js import JetStreamContext
from nats.js.api import RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import BadRequestError, ServerError

_DUPLICATES_WITHIN = 120.0
"""Seconds in which the stream itself drops an event that is put twice; after that the database does."""
_NAME_IN_USE, _NOT_CLUSTERED, _TOO_FEW_SERVERS = 10058, 10074, 10005

_log = structlog.get_logger()


async def make_stream(jetstream: JetStreamContext, name: str) -> bool:
    """The stream, kept by three servers; by one where there is no cluster, or until it has as many.

    Gives whether it is kept as often as it ever will be. Raises NatsError or TimeoutError.
    """
    config = StreamConfig(
        name=name,
        subjects=[f"{name}.*"],
        retention=RetentionPolicy.WORK_QUEUE,
        storage=StorageType.FILE,
        duplicate_window=_DUPLICATES_WITHIN,
        num_replicas=3,
    )
    try:
        try:
            await jetstream.add_stream(config)
        except BadRequestError as error:
            if error.err_code != _NAME_IN_USE:
                raise
            await jetstream.update_stream(config)  # made by an earlier release, or while the cluster was smaller
    except (BadRequestError, ServerError) as error:
        if error.err_code not in {_NOT_CLUSTERED, _TOO_FEW_SERVERS}:
            raise
        alone = error.err_code == _NOT_CLUSTERED
        if not alone:
            _log.warning("queue.one_replica", error=error.err_code)
    else:
        return True
    try:
        await jetstream.add_stream(dataclasses.replace(config, num_replicas=1))
    except BadRequestError as error:
        if error.err_code != _NAME_IN_USE:  # whatever is there is kept more often than once
            raise
    return alone
