"""One contract over both stores: a folder, and a bucket of an S3 server on loopback."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from bot.apply_evidence import drop_evidence
from bot.evidence.names import thumbnail_name
from bot.evidence.store import S3, Store, StoreUnavailable
from bot.simulator.sample_picture import sample_picture
from tests.bot.evidence_gallery import gallery

NAME = "evidence/0a1b-2c.jpg"


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    """An S3 server with the bucket `raingan`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    found = S3(f"http://{host}:{port}", "us-east-1", "key", "secret")
    connection = HTTPConnection(host, port, timeout=5)
    connection.request("PUT", "/raingan")
    assert connection.getresponse().status == 200
    connection.close()
    yield found
    server.stop()


@pytest.fixture(params=["folder", "bucket", "bucket with prefix"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "folder":
        return await Store.open(str(tmp_path / "new" / "storage"))
    found: S3 = request.getfixturevalue("s3")
    return await Store.open("s3://raingan/office/2570" if "prefix" in request.param else "s3://raingan", found)


async def test_kept_and_let_go(store: Store) -> None:
    """What is put is got, put again it is replaced, and deleted it is gone; deleting nothing is no error."""
    await store.put(NAME, b"one")
    assert await store.get(NAME) == b"one"
    await store.put(NAME, bytes(range(256)) * 4096)
    assert await store.get(NAME) == bytes(range(256)) * 4096
    await store.delete(NAME)
    await store.delete(NAME)
    with pytest.raises(FileNotFoundError):
        await store.get(NAME)


@pytest.mark.parametrize("name", ["", "../a.jpg", "/a.jpg", "a/../b.jpg", "a//b.jpg", "A.jpg", "a", "a.jpg/", ".jpg"])
async def test_names(store: Store, name: str) -> None:
    """A name that could lead out of the store is a mistake in the code."""
    with pytest.raises(ValueError, match="name"):
        await store.put(name, b"x")


async def test_the_folder_is_ours_alone(tmp_path: Path) -> None:
    """Nobody else on this machine can look into the folder."""
    store = await Store.open(str(tmp_path / "storage"))
    await store.put(NAME, b"x")
    assert stat.S_IMODE((tmp_path / "storage").stat().st_mode) == 0o700
    assert (tmp_path / "storage" / NAME).read_bytes() == b"x"


async def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """A file in the folder's place is told in words, naming the setting."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="STORAGE_DIR"):
        await Store.open(str(tmp_path / "file"))


@pytest.mark.parametrize("url", ["s3://", "s3://bucket?x=1", "s3://key:secret@bucket/prefix"])
async def test_addresses_that_are_none(url: str) -> None:
    """A bucket's address holds a bucket and a prefix, and never a secret."""
    with pytest.raises(StoreUnavailable, match="STORAGE_DIR"):
        await Store.open(url)


async def test_a_bucket_that_is_not_there(s3: S3) -> None:
    """What the store refuses is one kind of error, whatever was asked."""
    store = await Store.open("s3://missing", s3)
    with pytest.raises(StoreUnavailable):
        await store.put(NAME, b"x")


async def test_a_folder_that_went_away(tmp_path: Path) -> None:
    """A disk that refuses is one kind of error as well."""
    store = await Store.open(str(tmp_path / "storage"))
    (tmp_path / "storage" / "evidence").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        await store.put(NAME, b"x")


@pytest.mark.usefixtures("sqlite_database")
async def test_pictures_in_a_bucket(s3: S3, tmp_path: Path) -> None:
    """The whole way of a picture with a bucket at its end, and out of it again."""
    async with gallery(tmp_path / "unused", "s3://raingan/pictures", s3) as scene:
        (message_id,) = await scene.send(sample_picture())
        scene.start()
        (picture,) = await scene.settled()
        assert len(await scene.store.get(picture.path)) == picture.size
        await scene.turn(lambda writes, turn: drop_evidence(writes, turn, scene.key, [message_id]))
        assert await scene.settled() == []
        for name in (picture.path, thumbnail_name(str(picture.id))):
            with pytest.raises(FileNotFoundError):
                await scene.store.get(name)
        assert not (tmp_path / "unused").exists()
