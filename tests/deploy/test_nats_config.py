"""The NATS servers' configuration: valid, and three servers of it are a cluster that keeps a stream three times."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nats
from aiohttp.test_utils import unused_port
from nats.js.errors import APIError, ServiceUnavailableError

from tests.deploy.bot_commands import DEPLOY, text
from tests.deploy.test_compose import SERVICES

SERVER = str(Path(sysconfig.get_path("scripts")) / "nats-server")
CONFIG = str(DEPLOY / "nats" / "nats.conf")
NAMES = ("nats-1", "nats-2", "nats-3")
PASSWORD = "12m"
"""NATS reads it as a number, unless compose puts a letter in front."""


def _environment(name: str) -> dict[str, str]:
    given = SERVICES[name]["environment"]["NATS_PASSWORD"].replace("${NATS_PASSWORD:?}", PASSWORD)
    return {**os.environ, "NATS_NAME": name, "NATS_PASSWORD": given}


def test_the_server_accepts_it() -> None:
    """`nats-server -t` reads it, with what compose gives in the environment."""
    assert {*SERVICES["nats-1"]["environment"]} == {"NATS_NAME", "NATS_PASSWORD"}
    done = subprocess.run(
        [SERVER, "-t", "-c", CONFIG],
        env=_environment("nats-1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_slip_is_told(tmp_path: Path) -> None:
    """The test above can fail."""
    (tmp_path / "nats.conf").write_text(text("nats/nats.conf").replace("server_name", "sever_name"))
    done = subprocess.run(
        [SERVER, "-t", "-c", str(tmp_path / "nats.conf")],
        env=_environment("nats-1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0


@contextmanager
def _cluster(folder: Path) -> Iterator[list[str]]:
    """The three servers on loopback; only addresses and folders are others. Gives their addresses."""
    ports = {name: (unused_port(), unused_port()) for name in NAMES}
    routes = ",".join(f"nats://raingan:p{PASSWORD}@127.0.0.1:{inner}" for _, inner in ports.values())
    running = []
    try:
        for name, (port, inner) in ports.items():
            (folder / f"{name}.conf").write_text(text("nats/nats.conf").replace("/data", str(folder / name)))
            addresses = ["-a", "127.0.0.1", "-p", str(port), "-m", str(unused_port())]
            others = ["--cluster", f"nats://127.0.0.1:{inner}", "--routes", routes]
            command = [SERVER, "-c", str(folder / f"{name}.conf"), *addresses, *others]
            running.append(
                subprocess.Popen(command, env=_environment(name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
        yield [f"nats://raingan:p{PASSWORD}@127.0.0.1:{port}" for port, _ in ports.values()]
    finally:
        for each in running:
            each.kill()
            each.wait()


async def test_three_of_them_are_a_cluster(tmp_path: Path) -> None:
    """They find each other by the routes, want the password, and keep a stream on all three."""
    with _cluster(tmp_path) as addresses:
        client = await nats.connect(addresses, max_reconnect_attempts=100, reconnect_time_wait=0.1, connect_timeout=5)
        stream = client.jetstream()
        async with asyncio.timeout(30):
            while True:
                try:
                    info = await stream.add_stream(name="try", subjects=["try"], num_replicas=3)
                    break
                except (APIError, ServiceUnavailableError, nats.errors.TimeoutError, nats.errors.NoRespondersError):
                    await asyncio.sleep(0.2)  # the leader is still being chosen
        assert info.config.num_replicas == 3
        assert (await stream.publish("try", b"x")).stream == "try"
        await client.close()

        reader, writer = await asyncio.open_connection("127.0.0.1", int(addresses[0].rpartition(":")[2]))
        assert b'"auth_required":true' in await reader.readline()
        writer.write(b'CONNECT {"user":"raingan","pass":"wrong","verbose":true}\r\n')
        assert b"Authorization" in await reader.readline()
        writer.close()
        await writer.wait_closed()
