"""Settings: what is accepted, what stops the start, and that `.env.example` says the same."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.setting_meanings import MEANINGS
from bot.settings import REAL_DATABASE, SIMULATOR_DATABASE, Environment, WrongSettings, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
REAL = {"line_channel_secret": "f" * 32, "line_channel_access_token": "token/+="}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own environment counts."""
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(**given: Any) -> Any:
    return read_settings(_env_file=None, **given)


def test_env_example_lists_every_setting_with_its_default(tmp_path: Path) -> None:
    """.env.example names exactly the settings there are, in Thai and English, and its values are the defaults."""
    text = EXAMPLE.read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+)=", text, flags=re.MULTILINE)
    assert [name.lower() for name in names] == list(Environment.model_fields) == list(MEANINGS)
    for name in names:
        comment = re.search(rf"^# {name} — .*[ก-๙].*\n((?:# .*\n)+){name}=", text, flags=re.MULTILINE)
        assert comment, f"{name} has no Thai line followed by an English one"
    copy = tmp_path / ".env"
    copy.write_text(text, encoding="utf-8")
    from_copy: dict[str, Any] = {"_env_file": copy}
    from_nothing: dict[str, Any] = {"_env_file": None}
    assert Environment(**from_copy) == Environment(**from_nothing)


def test_without_credentials_it_is_the_simulator_on_its_own_address() -> None:
    """No credentials: the API is the bot itself, the database its own, secret and token new in every run."""
    settings, other = read(port=9123), read(port=9123)
    assert settings.simulator
    assert settings.channel == "simulator"
    assert settings.line_api_base_url == settings.line_data_api_base_url == "http://127.0.0.1:9123"
    assert settings.database_url == SIMULATOR_DATABASE
    assert settings.line_channel_secret != other.line_channel_secret
    assert settings.line_channel_access_token != other.line_channel_access_token


def test_with_credentials_it_serves_line() -> None:
    """Both credentials: LINE's own addresses and the real database."""
    settings = read(**REAL, host="0.0.0.0")
    assert not settings.simulator
    assert settings.channel == "real"
    assert settings.line_api_base_url == "https://api.line.me"
    assert settings.database_url == REAL_DATABASE
    assert settings.address == "http://127.0.0.1:8080"


def test_secrets_are_not_printed() -> None:
    """Neither secret nor token stands in the settings' text."""
    shown = repr(read(**REAL))
    assert REAL["line_channel_secret"] not in shown
    assert REAL["line_channel_access_token"] not in shown


def test_every_secret_is_known_to_the_log() -> None:
    """Whatever is a secret, or the password inside an address, is what no line of the log may show."""
    given = {
        **REAL,
        "aws_access_key_id": "key-of-the-store",
        "aws_secret_access_key": "secret-of-the-store",
        "metrics_token": "who-reads-the-metrics",
        "database_url": "postgres://bot:hunter2%40the-database@host/name",
        "nats_url": "nats://bot:hunter2-of-one@a:4222,nats://bot:hunter2-of-another@b:4222",
    }
    inside = {"hunter2%40the-database", "hunter2@the-database", "hunter2-of-one", "hunter2-of-another"}
    known = set(read(**given).secrets)
    assert known == {*given.values(), *inside} - {given["database_url"], given["nats_url"]}


def test_addresses_as_others_print_them() -> None:
    """`postgresql://` is PostgreSQL's as well, and a comma too many in NATS_URL names no server."""
    settings = read(**REAL, database_url="postgresql://bot@host/name", nats_url="nats://a:4222, nats://b:4222,")
    assert settings.database_url == "postgres://bot@host/name"
    assert settings.nats_url == "nats://a:4222,nats://b:4222"


@pytest.mark.parametrize("given", REAL)
def test_partly_set_credentials_stop_the_start(given: str) -> None:
    """One credential without the other is named, and the one that was given is not shown."""
    (missing,) = REAL.keys() - {given}
    with pytest.raises(WrongSettings) as caught:
        read(**{given: REAL[given]})
    assert str(caught.value).startswith(missing.upper() + ":")
    assert REAL[given] not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("line_channel_secret", "with blank inside"),
        ("line_channel_access_token", "line\nbreak-hunter2"),
        ("line_api_base_url", "http://api.line.me"),
        ("line_api_base_url", "https://user:hunter2@api.line.me"),
        ("line_data_api_base_url", "api-data.line.me"),
        ("database_url", "mysql://root:hunter2@host/name"),
        ("nats_url", "http://hunter2@host:4222"),
        ("nats_url", ","),
        ("host", "my.host.example"),
        ("port", "eighty"),
        ("port", "0"),
        ("port", "70000"),
        ("public_base_url", "http://raingan.example"),
        ("storage_dir", "gs://hunter2"),
        ("aws_endpoint_url", "http://store.example"),
        ("aws_region", "hunter2 north"),
        ("aws_access_key_id", "hunter2 with blank"),
        ("aws_secret_access_key", "line\nbreak-hunter2"),
        ("metrics_token", "hunter2-is-short"[:15]),
        ("metrics_token", "hunter2 with a blank"),
        ("timezone", "Asia/Krungthep"),
        ("simulated_now", "tomorrow"),
        ("purge_after_days", "0"),
        ("log_level", "loud"),
    ],
)
def test_a_wrong_setting_is_named_in_thai_and_english(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting gives one line that names it, in both languages, without repeating its value."""
    for credential, text in REAL.items():
        monkeypatch.setenv(credential.upper(), text)
    monkeypatch.setenv(name.upper(), value)
    with pytest.raises(WrongSettings) as caught:
        read()
    said = str(caught.value)
    assert said.startswith(name.upper() + ": ")
    assert re.search(r"[ก-๙].* / .*[a-z]", said)
    assert "\n" not in said
    assert "hunter2" not in said
    assert caught.value.__cause__ is None


def test_every_fault_is_said_at_once() -> None:
    """Two wrong settings give two lines."""
    with pytest.raises(WrongSettings) as caught:
        read(port=0, log_level="loud")
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["PORT", "LOG_LEVEL"]


def test_the_simulator_listens_on_loopback_only() -> None:
    """Without credentials, an address that others can reach stops the start."""
    with pytest.raises(WrongSettings, match=r"^HOST:"):
        read(host="0.0.0.0")
    assert read(host="::1").line_api_base_url == "http://[::1]:8080"


def test_simulated_now_needs_a_loopback_platform() -> None:
    """The clock of real reports cannot be set; beside a platform on this machine it can."""
    with pytest.raises(WrongSettings, match=r"^SIMULATED_NOW:"):
        read(**REAL, simulated_now="2026-11-22T09:00:00")
    here = read(**REAL, simulated_now="2026-11-22T09:00:00", line_api_base_url="http://localhost:9000/")
    assert here.line_api_base_url == "http://localhost:9000"
    assert here.simulated_now.utcoffset() == timedelta(hours=7)
    assert read(simulated_now="2026-11-22T02:00:00Z").simulated_now.utcoffset() == timedelta(0)


BUCKET_KEYS = {"aws_access_key_id": "AKID", "aws_secret_access_key": "hunter2/+="}


@pytest.mark.parametrize("given", BUCKET_KEYS)
def test_partly_set_keys_of_a_bucket_stop_the_start(given: str) -> None:
    """One of a bucket's keys without the other is named; for a folder they are another program's business."""
    (missing,) = BUCKET_KEYS.keys() - {given}
    with pytest.raises(WrongSettings, match=rf"^{missing.upper()}:"):
        read(storage_dir="s3://bucket/office", **{given: BUCKET_KEYS[given]})
    assert read(**{given: BUCKET_KEYS[given]}).storage_dir == "var/storage"


def test_a_bucket_keeps_its_two_slashes_and_its_keys_are_not_printed() -> None:
    """The address arrives as it was written, beside where the store is and its keys."""
    settings = read(storage_dir="s3://bucket/office", aws_endpoint_url="https://s3.example/", **BUCKET_KEYS)
    assert (settings.storage_dir, settings.aws_endpoint_url) == ("s3://bucket/office", "https://s3.example")
    assert settings.aws_secret_access_key.get_secret_value() == "hunter2/+="
    assert "hunter2" not in repr(settings)
    assert read(**BUCKET_KEYS, storage_dir="s3://bucket").aws_region == ""


def test_the_environment_wins_over_env_file_and_given_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line's option beats the environment, which beats `.env`; an empty value is not set."""
    file = tmp_path / ".env"
    file.write_text("PORT=8001\nLOG_LEVEL=debug\nDATABASE_URL=\n", encoding="utf-8")
    assert read_settings(_env_file=file).port == 8001
    monkeypatch.setenv("PORT", "8002")
    settings = read_settings(_env_file=file)
    assert (settings.port, settings.log_level, settings.database_url) == (8002, "debug", SIMULATOR_DATABASE)
    assert read_settings(_env_file=file, port=8003).port == 8003


@pytest.mark.parametrize(
    ("given", "linked"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"public_pages": "off"}, ""),
        ({**REAL, "public_base_url": "https://raingan.example"}, "https://raingan.example"),
        (REAL, ""),
    ],
    ids=["simulator", "closed", "real", "real without an address of its own"],
)
def test_messages_link_to_pages_that_people_reach(given: dict[str, str], linked: str) -> None:
    """The simulator's own address is one, a real channel's only where it was set, and a closed page is none."""
    assert read(**given).pages_url == linked
