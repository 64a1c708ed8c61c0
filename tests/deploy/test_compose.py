"""The compose file and the image: what they name exists, and the two fit together."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.settings import read_settings
from tests.deploy.bot_commands import DEPLOY, SETTINGS, check_command, routes, text
from tests.town import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "raingan"}
OTHERS = {name: service for name, service in SERVICES.items() if name not in OURS}
CONTAINERFILE = text("Containerfile")
_VALUES = {"LINE_CHANNEL_SECRET": "a1", "LINE_CHANNEL_ACCESS_TOKEN": "b2", "DOMAIN": "bot.example.go.th"}


def _filled(value: str) -> str:
    """`${NAME:?}` and `${NAME:-default}` as compose fills them in."""
    return re.sub(r"\$\{(\w+):[?-]([^}]*)\}", lambda found: _VALUES.get(found[1], found[2] or "c3" * 16), value)


def _volumes(service: dict[str, Any]) -> dict[str, str]:
    """Where a container sees what: place → volume or file."""
    pairs = [each.split(":")[:2] for each in service.get("volumes", [])]
    return {place: source for source, place in pairs}


def test_the_processes_are_those_of_a_whole_bot() -> None:
    """Web ×2, worker ×2, a scheduler, PostgreSQL, NATS ×3 and Caddy."""
    roles = [service["command"][2] for service in OURS.values() if service["command"][:2] == ["serve", "--role"]]
    assert sorted(roles) == ["scheduler", "web", "web", "worker", "worker"]
    assert set(OTHERS) == {"postgres", "nats-1", "nats-2", "nats-3", "caddy"}


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_of_the_bot(name: str) -> None:
    """Commands, roles and options are read as the command line reads them."""
    check_command(OURS[name]["command"])


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_and_they_fit_together(name: str) -> None:
    """The names are those of .env.example; filled in, the bot starts with them, serving the real LINE."""
    environment = {key: _filled(value) for key, value in OURS[name]["environment"].items()}
    assert set(environment) <= SETTINGS
    settings = read_settings(_env_file=None, **{key.lower(): value for key, value in environment.items()})
    assert not settings.simulator
    assert settings.host == "0.0.0.0"
    servers = [each for each in SERVICES if each.startswith("nats-")]
    assert [each.split("@")[1] for each in settings.nats_url.split(",")] == [f"{each}:4222" for each in servers]
    assert settings.database_url.split("@")[1].split("/")[0] in SERVICES


def test_whatever_is_set_for_one_machine_can_be_set_for_several() -> None:
    """deploy/.env reaches each of our processes, and takes nothing away from what the file itself decides."""
    for service in OURS.values():
        assert service["env_file"] == ".env"
        assert {*service["environment"]} == {*OURS["web-1"]["environment"]}


def test_web_takes_what_line_brings_without_postgresql() -> None:
    """It waits for its queue alone; who handles waits for the tables as well."""
    for name, service in OURS.items():
        waits_for = {*service["depends_on"]}
        if name.startswith("web"):
            assert waits_for == {"nats-1", "nats-2", "nats-3"}
        elif service["command"][0] == "serve":
            assert waits_for == {"migrate", "nats-1", "nats-2", "nats-3"}


def test_every_value_that_is_asked_for_is_in_the_example() -> None:
    """deploy/.env names all that the file needs, and nothing else."""
    asked = set(re.findall(r"\$\{(\w+)", text("compose.yaml")))
    assert set(re.findall(r"^(\w+)=$", text("compose.env.example"), re.MULTILINE)) == asked


def test_every_service_that_is_waited_for_is_there_and_says_when_it_is_ready() -> None:
    """`service_healthy` needs a health check, and volumes and files need to exist."""
    for service in SERVICES.values():
        after = service.get("depends_on", {})
        for name in after:
            assert name in SERVICES
            if isinstance(after, dict) and after[name]["condition"] == "service_healthy":
                assert "test" in SERVICES[name]["healthcheck"]
        for source in _volumes(service).values():
            assert source in COMPOSE["volumes"] or source == "./backups" or (DEPLOY / source).is_file(), source


def test_nothing_but_caddy_is_open_to_the_outside() -> None:
    """Databases, queue and the bot's own ports stay within; every image says its version."""
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert all(re.search(r":\d", service["image"]) for service in OTHERS.values())


def test_the_bots_cannot_change_their_machine() -> None:
    """Read-only, no capability, nobody's root: only the volume and the temporary folder can be written."""
    for service in OURS.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["tmpfs"] == ["/tmp"]
        assert "privileged" not in service
    user = re.findall(r"^USER (\S+)$", CONTAINERFILE, re.MULTILINE)
    assert user == ["raingan"]


def test_the_health_checks_ask_real_routes() -> None:
    """The path in the image is one that every role answers."""
    (asked,) = re.findall(r"http://127\.0\.0\.1:8080(/\w+)", CONTAINERFILE)
    assert asked in routes()
    assert asked == "/healthz"  # not /readyz: a restart does not bring a database back
    for name in ("nats-1", "nats-2", "nats-3"):
        assert "http://127.0.0.1:8222/healthz" in SERVICES[name]["healthcheck"]["test"]
    assert "\nhttp: 0.0.0.0:8222\n" in text("nats/nats.conf")


def test_the_image_holds_the_program_and_nothing_else() -> None:
    """Every folder that the code imports from is copied, each exists, and the context lets exactly these in."""
    copied = {source for source, _ in re.findall(r"^COPY (?!--)(\S+) (\S+)$", CONTAINERFILE, re.MULTILINE)}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert copied == packages | {"requirements.txt"}
    let_in = re.findall(r"^!(\S+)$", text("Containerfile.dockerignore"), re.MULTILINE)
    assert set(let_in) == copied
    assert text("Containerfile.dockerignore").splitlines()[1] == "*"


def test_the_image_can_back_up_the_database_that_it_comes_with() -> None:
    """pg_dump may not be older than the server."""
    client = re.search(r"postgresql-client-(\d+)", CONTAINERFILE)
    server = re.search(r":(\d+)$", SERVICES["postgres"]["image"])
    assert client is not None
    assert server is not None
    assert int(client[1]) >= int(server[1])
    assert "/backups" in _volumes(SERVICES["backup"])
    assert "/backups" in CONTAINERFILE
