"""The only reader of the environment and `.env`: checked once at the start, frozen from then on."""

from __future__ import annotations

import ipaddress
import re
import secrets
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.setting_meanings import MEANINGS
from models.rules.deadlines import DefaultRule

REAL_DATABASE = "sqlite://var/raingan.sqlite3"
SIMULATOR_DATABASE = "sqlite://var/simulator.sqlite3"
SHORTEST_METRICS_TOKEN = 16
"""Characters."""


class WrongSettings(Exception):
    """The settings cannot be used. The message is one line a fault, Thai then English, and names the settings.

    Values are never repeated: one of them may be a secret.
    """


def _wrong(names: str, thai: str, english: str) -> str:
    return f"{names}: {thai} / {english}"


def is_loopback(address: str) -> bool:
    """Whether a host name or a URL stays on this machine."""
    host = urlsplit(address).hostname if "://" in address else address
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise ValueError
    # A token or a person's report never travels in clear over a network.
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(value)):
        raise ValueError
    return value.rstrip("/")


BaseUrl = Annotated[str, BeforeValidator(_base_url)]


def _days(value: Any) -> Any:
    return tuple(sorted(int(each) for each in value.split(","))) if isinstance(value, str) else value


def _hours(value: Any) -> Any:
    if isinstance(value, str):
        begin, end = (time.fromisoformat(each.strip()) for each in value.replace("–", "-").split("-"))
        if begin >= end:
            raise ValueError
        return begin, end
    return value


ReminderDays = Annotated[tuple[Annotated[int, Field(ge=-60, le=60)], ...], NoDecode, BeforeValidator(_days)]
WorkingHours = Annotated[tuple[time, time], NoDecode, BeforeValidator(_hours)]


class Environment(BaseSettings):
    """The settings as they are written in the environment or `.env`; the environment wins, empty is not set."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    line_channel_secret: SecretStr = SecretStr("")
    line_channel_access_token: SecretStr = SecretStr("")
    line_api_base_url: BaseUrl = "https://api.line.me"
    line_data_api_base_url: BaseUrl = "https://api-data.line.me"
    database_url: str = ""
    nats_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_base_url: BaseUrl | Literal[""] = ""
    public_pages: Literal["on", "off"] = "on"
    storage_dir: str = "var/storage"
    aws_endpoint_url: BaseUrl | Literal[""] = ""
    aws_region: str = Field(default="", pattern=r"^[A-Za-z0-9-]*$")
    aws_access_key_id: SecretStr = SecretStr("")
    aws_secret_access_key: SecretStr = SecretStr("")
    metrics_token: SecretStr = SecretStr("")
    timezone: ZoneInfo = ZoneInfo("Asia/Bangkok")
    simulated_now: datetime | None = None
    purge_after_days: int = Field(default=90, ge=1, le=3650)
    reminder_days: ReminderDays = (-7, -1, 1)
    working_hours: WorkingHours = (time(8, 30), time(16, 30))
    quota_reserve: int = Field(default=30, ge=0, le=100_000)
    review_reminder_after: int = Field(default=3, ge=1, le=180)
    round_due_day: int = Field(default=10, ge=1, le=28)
    round_closes_after: int = Field(default=14, ge=0, le=90)
    round_review_after: int = Field(default=7, ge=0, le=180)
    round_evaluation_after: int = Field(default=21, ge=0, le=180)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("metrics_token")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < SHORTEST_METRICS_TOKEN:
            raise ValueError
        return value

    @field_validator(
        "line_channel_secret",
        "line_channel_access_token",
        "aws_access_key_id",
        "aws_secret_access_key",
        "metrics_token",
    )
    @classmethod
    def _printable(cls, value: SecretStr) -> SecretStr:
        """A pasted line break or blank would break the HTTP header; blanks at the ends are a slip of the hand."""
        text = value.get_secret_value().strip()
        if text and not (text.isascii() and text.isprintable() and " " not in text):
            raise ValueError
        return SecretStr(text)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        # libpq and most providers print the longer name of the same.
        value = re.sub("^postgresql://", "postgres://", value)
        if value and not value.startswith(("sqlite://", "postgres://")):
            raise ValueError
        return value

    @field_validator("storage_dir")
    @classmethod
    def _folder_or_bucket(cls, value: str) -> str:
        """Not a path: it would make one slash of the two. What else has an address is no folder of that name."""
        if not value.isprintable() or ("://" in value and not value.startswith("s3://")):
            raise ValueError
        return value

    @field_validator("nats_url")
    @classmethod
    def _nats_servers(cls, value: str) -> str:
        servers = [each.strip() for each in value.split(",") if each.strip()]
        if value and not servers:
            raise ValueError
        for each in servers:
            parts = urlsplit(each)
            if parts.scheme not in {"nats", "tls"} or not parts.hostname or parts.path or parts.query:
                raise ValueError
        return ",".join(servers)

    @field_validator("host")
    @classmethod
    def _address(cls, value: str) -> str:
        if value != "localhost":
            ipaddress.ip_address(value)
        return value

    @field_validator("log_level", "public_pages", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot runs with: the environment, with what follows from it filled in.

    `simulator` is true without LINE credentials. Then the secret and the token are made up for this run, and both
    base URLs are the bot's own address.
    """

    simulator: bool
    line_channel_secret: SecretStr
    line_channel_access_token: SecretStr
    line_api_base_url: str
    line_data_api_base_url: str
    database_url: str
    nats_url: str
    """Empty: the embedded queue. Else several processes may share the work (`serve --role`)."""
    host: str
    port: int
    public_base_url: str
    """Where people reach the bot's pages; the bot's own address unless set."""
    public_pages: bool
    """Whether anybody may read what was accepted, on the pages of `bot.pages`."""
    storage_dir: str
    """A folder, or `s3://bucket/prefix`, which the four below are for; they are empty unless set."""
    aws_endpoint_url: str
    aws_region: str
    aws_access_key_id: SecretStr
    aws_secret_access_key: SecretStr
    metrics_token: SecretStr
    """What /metrics asks for; empty when it is not set, see `bot.metrics`."""
    timezone: ZoneInfo
    simulated_now: datetime | None
    """Aware; None for the computer's clock."""
    purge_after_days: int
    reminder_days: tuple[int, ...]
    """Days from the due day on which people are reminded."""
    working_hours: tuple[time, time]
    quota_reserve: int
    """Pushes a month that reminders leave for what cannot wait."""
    review_reminder_after: int
    """Days that reports and requests wait until their coordinator is reminded, and then again."""
    round_rule: DefaultRule
    """The dates of a round that nobody set."""
    log_level: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """Whatever must stand in no log: each setting that is a secret, and the passwords inside addresses."""
        values = [getattr(self, each.name) for each in fields(self)]
        hidden = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        for value in values:
            if isinstance(value, str) and "://" in value:
                # NATS_URL may name several servers. Libraries print a password as it was written or as it is meant.
                passwords = {urlsplit(each).password or "" for each in (value, *value.split(","))}
                hidden += sorted(passwords | {unquote(each) for each in passwords})
        # A shorter one is a word that stands elsewhere as well: the log would be full of holes.
        return tuple(value for value in hidden if len(value) >= 8)

    @property
    def address(self) -> str:
        """The URL the bot listens on, without a slash at the end."""
        return own_address(self.host, self.port)

    @property
    def pages_url(self) -> str:
        """What a message may link to: where people reach the public pages; empty where nobody does."""
        reached = self.simulator or not is_loopback(self.public_base_url)
        return self.public_base_url if self.public_pages and reached else ""

    @property
    def channel(self) -> Literal["real", "simulator"]:
        """What a database is marked with once it has served this."""
        return "simulator" if self.simulator else "real"


def own_address(host: str, port: int) -> str:
    """The URL of a server on this machine that listens on `host`; every address is reached by way of loopback."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — read here, not listened on
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def read_settings(**given: Any) -> Settings:
    """Read the environment and `.env`, with `given` (a setting's name in lower case) above both.

    `_env_file=None` leaves `.env` out. Raises WrongSettings with every fault found.
    """
    try:
        environment = Environment(**given)
    except ValidationError as error:
        names = dict.fromkeys(str(fault["loc"][0]).lower() for fault in error.errors(include_input=False))
        # Without its cause: pydantic's own text repeats what was written.
        raise WrongSettings("\n".join(_wrong(name.upper(), *MEANINGS[name]) for name in names)) from None
    return _settle(environment)


def _settle(environment: Environment) -> Settings:
    secret = environment.line_channel_secret
    token = environment.line_channel_access_token
    simulator = not secret.get_secret_value() and not token.get_secret_value()
    own = own_address(environment.host, environment.port)
    api, data_api = environment.line_api_base_url, environment.line_data_api_base_url
    if simulator:
        secret, token = SecretStr(secrets.token_hex(16)), SecretStr(secrets.token_urlsafe(48))
        api = data_api = own
    faults = _faults(environment, simulator=simulator, api=api)
    if faults:
        raise WrongSettings("\n".join(faults))
    simulated_now = environment.simulated_now
    if simulated_now is not None and simulated_now.tzinfo is None:
        simulated_now = simulated_now.replace(tzinfo=environment.timezone)
    return Settings(
        simulator=simulator,
        line_channel_secret=secret,
        line_channel_access_token=token,
        line_api_base_url=api,
        line_data_api_base_url=data_api,
        database_url=environment.database_url or (SIMULATOR_DATABASE if simulator else REAL_DATABASE),
        nats_url=environment.nats_url,
        host=environment.host,
        port=environment.port,
        public_base_url=environment.public_base_url or own,
        public_pages=environment.public_pages == "on",
        storage_dir=environment.storage_dir,
        aws_endpoint_url=environment.aws_endpoint_url,
        aws_region=environment.aws_region,
        aws_access_key_id=environment.aws_access_key_id,
        aws_secret_access_key=environment.aws_secret_access_key,
        metrics_token=environment.metrics_token,
        timezone=environment.timezone,
        simulated_now=simulated_now,
        purge_after_days=environment.purge_after_days,
        reminder_days=environment.reminder_days,
        working_hours=environment.working_hours,
        quota_reserve=environment.quota_reserve,
        review_reminder_after=environment.review_reminder_after,
        round_rule=DefaultRule(
            environment.round_due_day,
            environment.round_closes_after,
            environment.round_review_after,
            environment.round_evaluation_after,
        ),
        log_level=environment.log_level,
    )


def _faults(environment: Environment, *, simulator: bool, api: str) -> list[str]:
    """What is wrong between settings that are each right."""
    faults = []
    secret, token = environment.line_channel_secret, environment.line_channel_access_token
    if bool(secret.get_secret_value()) != bool(token.get_secret_value()):
        absent = "LINE_CHANNEL_ACCESS_TOKEN" if secret.get_secret_value() else "LINE_CHANNEL_SECRET"
        faults.append(
            _wrong(
                absent,
                "ยังไม่ได้ตั้งค่า ต้องตั้ง LINE_CHANNEL_SECRET และ LINE_CHANNEL_ACCESS_TOKEN ทั้งคู่ หรือเว้นว่างทั้งคู่เพื่อใช้ตัวจำลอง",
                "is not set; set both LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN, or neither for the simulator",
            )
        )
    if simulator and not is_loopback(environment.host):
        faults.append(
            _wrong(
                "HOST",
                "ตัวจำลองทำงานได้เฉพาะที่ 127.0.0.1, ::1 หรือ localhost หากจะให้บริการจริงต้องตั้ง LINE_CHANNEL_SECRET "
                "และ LINE_CHANNEL_ACCESS_TOKEN",
                "the simulator listens on 127.0.0.1, ::1 or localhost only; to serve LINE set LINE_CHANNEL_SECRET and "
                "LINE_CHANNEL_ACCESS_TOKEN",
            )
        )
    if environment.nats_url and not environment.database_url.startswith("postgres://"):
        faults.append(
            _wrong(
                "NATS_URL",
                "ใช้กับ DATABASE_URL แบบ postgres:// เท่านั้น หากใช้ SQLite ให้เว้นว่าง (คิวในตัว)",
                "needs a postgres:// DATABASE_URL; with SQLite leave it empty for the embedded queue",
            )
        )
    if environment.simulated_now is not None and not is_loopback(api):
        faults.append(
            _wrong(
                "SIMULATED_NOW",
                "ใช้ได้เฉพาะเมื่อ LINE_API_BASE_URL อยู่ในเครื่องเดียวกัน เพราะเวลาที่รายงานจริงต้องเป็นเวลาจริง",
                "is honoured only while LINE_API_BASE_URL is a loopback address: real reports carry the real time",
            )
        )
    key_id, key = environment.aws_access_key_id, environment.aws_secret_access_key
    in_a_bucket = environment.storage_dir.startswith("s3://")  # else the two may be there for another program
    if in_a_bucket and bool(key_id.get_secret_value()) != bool(key.get_secret_value()):
        absent = "AWS_SECRET_ACCESS_KEY" if key_id.get_secret_value() else "AWS_ACCESS_KEY_ID"
        faults.append(
            _wrong(
                absent,
                "ยังไม่ได้ตั้งค่า ต้องตั้ง AWS_ACCESS_KEY_ID และ AWS_SECRET_ACCESS_KEY ทั้งคู่ หรือเว้นว่างทั้งคู่",
                "is not set; set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither",
            )
        )
    return faults
