"""Every environment variable, read once. A wrong value stops the start, with every problem named at once."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from yarl import URL

from bot.settings import checks
from bot.settings.secret import KEPT_SECRET, SHORTEST_SECRET, kept_secret
from bot.settings.sender import HERE, sender
from dialogs.case.extent import StaffBot
from storage.database.address import embedded
from storage.database.pool import CONNECTIONS

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "169.254.0.0/16", "fe80::/10")
"""RFC 1918, RFC 4193, and link-local ones (RFC 3927, RFC 4291)."""
NEAR = tuple(ip_network(one) for one in ("127.0.0.0/8", "::1/128", *PRIVATE))
"""Where a proxy stands unless TRUSTED_PROXIES says otherwise: on this machine or in a private network."""
PASSING = ("DYNO", "VCAP_APPLICATION")
"""Environment variables that tell a program that its host loses every disk with a deploy: Heroku and its like, Cloud Foundry."""
LOOPBACK = (HERE, "127.0.0.1", "::1")


Hour = Annotated[Annotated[int, Field(ge=0, le=23)] | None, BeforeValidator(checks.hour)]
"""An hour of the day, or None: empty or -1."""

BotToken = Annotated[SecretStr, AfterValidator(checks.token)]
NamedPath = Annotated[Path, BeforeValidator(checks.path)]


class Settings(BaseSettings):
    """The settings; README.md explains each."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[SecretStr, AfterValidator(checks.database)] = SecretStr(
        "sqlite:///var/samverkansguiden.sqlite3"
    )
    database_connections: int = Field(CONNECTIONS, ge=2, le=1000)
    database_timeout: int = Field(6, ge=2, le=3600)
    database_wait_seconds: int = Field(60, ge=0)
    host: str = ""
    port: int = Field(8080, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(checks.web_address)] = ""
    desk_url: Annotated[str, AfterValidator(checks.web_address)] = ""
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(checks.networks)] = NEAR
    secret_key: SecretStr = SecretStr("")
    secret_keys_before: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(checks.secrets)] = ()
    applicants_bot_token: BotToken = SecretStr("")
    contact_persons_bot_token: BotToken = SecretStr("")
    staff_bot: StaffBot = "notices"
    telegram_api_url: Annotated[str, AfterValidator(checks.web_address)] = "https://api.telegram.org"
    smtp_url: Annotated[SecretStr, AfterValidator(checks.smtp_address)] = SecretStr("")
    mail_from: Annotated[str, AfterValidator(checks.mail_from)] = "samverkansguiden@localhost"
    hosted_by: str = ""
    contact_mailbox: Annotated[str, AfterValidator(checks.mail_address)] = "samverkan.fgk@malmo.se"
    translate_url: Annotated[str, AfterValidator(checks.web_address)] = ""
    translate_key: SecretStr = SecretStr("")
    files_url: Annotated[str, AfterValidator(checks.files_address)] = ""
    files_dir: NamedPath = Path("var/files")
    aws_endpoint_url: Annotated[str, AfterValidator(checks.web_address)] = ""
    aws_region: str = ""
    aws_access_key_id: SecretStr = SecretStr("")
    aws_secret_access_key: SecretStr = SecretStr("")
    aws_session_token: SecretStr = SecretStr("")
    erased_log: NamedPath = Path("var/erased.jsonl")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "text", "json"] = "auto"
    metrics_port: int = Field(0, ge=0, le=65535)
    metrics_host: str = "127.0.0.1"
    drain_seconds: int = Field(0, ge=0, le=600)
    requests_per_second: int = Field(5, ge=1)
    files_mb_per_day_network: int = Field(500, ge=1)
    submissions_per_day: int = Field(5, ge=1)
    submissions_per_day_network: int = Field(50, ge=1)
    alarm_minutes: int = Field(15, ge=1)
    alarm_email: Annotated[str, AfterValidator(checks.mail_address)] = ""
    runbook_url: Annotated[str, AfterValidator(checks.web_address)] = ""
    reminder_days: int = Field(14, ge=0)
    draft_months: int = Field(12, ge=1)
    session_days: int = Field(0, ge=0)
    staff_chat_days: int = Field(90, ge=1)
    digest_hour: Hour = 8
    quiet_from: Hour = 18
    quiet_to: Hour = 7
    person_mb: int = Field(100, ge=1)
    case_mb: int = Field(200, ge=1)
    files_mb: int = Field(10_000, ge=1)
    disk_reserve_mb: int = Field(1000, ge=0)
    web_concurrency: int = Field(1, ge=1)

    @property
    def embedded(self) -> bool:
        """Whether everything lies in one SQLite file and one process."""
        return embedded(self.database_url.get_secret_value())

    @property
    def objects(self) -> str:
        """The address of the object store that holds the files; "" when they are in a folder."""
        return self.files_url if "://" in self.files_url else ""

    @property
    def erased_in_store(self) -> bool:
        """Whether the register of erasures is kept beside the files: the files are objects, and no file is named for the register."""
        return bool(self.objects) and "erased_log" not in self.model_fields_set

    @property
    def objects_known(self) -> dict[str, str]:
        """What the settings say of S3, under obstore's names (S3Config). What they leave out, obstore looks for itself, as in a role of the machine."""
        if not self.objects.startswith("s3:"):
            return {}
        known = {
            "aws_endpoint_url": self.aws_endpoint_url,
            "aws_region": self.aws_region,
            "aws_access_key_id": self.aws_access_key_id.get_secret_value(),
            "aws_secret_access_key": self.aws_secret_access_key.get_secret_value(),
            "aws_session_token": self.aws_session_token.get_secret_value(),
        }
        return {name: value for name, value in known.items() if value}

    @model_validator(mode="after")
    def _together(self) -> Self:
        problems = []
        given = self.secret_key.get_secret_value()
        if len(given.strip()) < SHORTEST_SECRET and (given or not self.embedded):
            without = "; or leave it out, and one is made and kept" if self.embedded else ", the same for every process"
            problems.append(f"SECRET_KEY: at least 32 characters are needed{without}")
        if self.embedded and self.web_concurrency > 1:
            problems.append("WEB_CONCURRENCY: SQLite is for one process; use PostgreSQL for several")
        applicants, staff = (
            self.applicants_bot_token.get_secret_value(),
            self.contact_persons_bot_token.get_secret_value(),
        )
        if applicants and applicants == staff:
            problems.append("CONTACT_PERSONS_BOT_TOKEN: must be another bot than APPLICANTS_BOT_TOKEN")
        if (self.quiet_from is None) != (self.quiet_to is None) or (
            self.quiet_from is not None and self.quiet_from == self.quiet_to
        ):
            problems.append("QUIET_FROM, QUIET_TO: two different hours, or both empty")
        problems += checks.apart(self.desk_url, self.public_url)
        if self.alarm_email and not self.smtp_url.get_secret_value():
            problems.append("ALARM_EMAIL: nothing is sent there without SMTP_URL")
        smtp = URL(self.smtp_url.get_secret_value()).host
        if smtp and smtp not in LOOPBACK and sender(self.mail_from).domain == HERE:
            problems.append(
                "MAIL_FROM: an address of yours is needed, for no other mail server takes letters from localhost"
            )
        if problems:
            raise ValueError("; ".join(problems))
        if self.files_url and not self.objects:
            self.files_dir = Path(self.files_url)
        # Behind a proxy nobody connects directly; without one, a phone on the same network may.
        self.host = self.host or ("127.0.0.1" if self.public_url else "0.0.0.0")
        if not self.secret_key.get_secret_value():
            self.secret_key = SecretStr(kept_secret(KEPT_SECRET))
        return self


def hosts() -> tuple[str, ...]:
    """The marks (PASSING) of hosts that lose every disk with a deploy, as far as the environment shows that we run on one."""
    return tuple(name for name in PASSING if name in os.environ)


def problems(error: ValidationError) -> list[str]:
    """One line for each problem of the settings, without the values."""
    return [
        f"{'.'.join(map(str, one['loc'])).upper() or 'SETTINGS'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors()
    ]
