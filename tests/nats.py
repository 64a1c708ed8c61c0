"""NATS servers for the tests: the real one with JetStream, from a wheel, alone or three on loopback."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

SERVER = Path(sysconfig.get_path("scripts")) / "nats-server"


def free_port() -> int:
    """A port below those that the system gives to connections: a server that dies finds it free when it comes back."""
    while True:
        port = random.randint(10_000, 30_000)
        with contextlib.suppress(OSError), socket.socket() as found:
            found.bind(("127.0.0.1", port))
            return port


class Nats:
    """One server, or one of a cluster. It keeps its data when it is killed and started again."""

    def __init__(self, folder: Path, name: str = "alone", routes: dict[str, int] | None = None) -> None:
        """`routes`: every server of the cluster by name, with the port on which it listens for the others."""
        self.folder = folder / name
        self.port = free_port()
        cluster = ""
        if routes:
            others = ", ".join(f'"nats://127.0.0.1:{port}"' for each, port in routes.items() if each != name)
            cluster = f"cluster {{ name: tests, listen: 127.0.0.1:{routes[name]}, routes: [{others}] }}"
        self.folder.mkdir(parents=True)
        (self.folder / "nats.conf").write_text(
            f"server_name: {name}\nlisten: 127.0.0.1:{self.port}\n"
            f'jetstream {{ store_dir: "{self.folder}" }}\n{cluster}\n'
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = (self.folder / "nats.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [str(SERVER), "-c", str(self.folder / "nats.conf")], stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "nats.log").read_text())

    def kill(self) -> None:
        """`kill -9`."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def nats_server(folder: Path) -> Iterator[Nats]:
    """One server with JetStream."""
    server = Nats(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def nats_cluster(folder: Path, started: int = 3) -> Iterator[tuple[Nats, ...]]:
    """Three servers with JetStream, as one cluster of which so many are started."""
    routes = {f"n{number}": free_port() for number in (1, 2, 3)}
    servers = tuple(Nats(folder, name, routes) for name in routes)
    for server in servers[:started]:
        server.start()
    try:
        yield servers
    finally:
        for server in servers:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
