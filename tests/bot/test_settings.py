"""Settings: every problem is named at once, no value is shown."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.__main__ import Program
from bot.quota import MB, Limits
from bot.settings import Settings, problems


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def refused(**values: str) -> str:
    with pytest.raises(ValidationError) as error:
        Settings(**values)  # type: ignore[arg-type]
    return "\n".join(problems(error.value))


def test_the_defaults_work_and_the_secret_is_kept() -> None:
    settings = Settings()
    assert settings.embedded
    assert len(settings.secret_key.get_secret_value()) > 32
    assert Settings().secret_key == settings.secret_key
    assert stat.S_IMODE(Path("var/secret_key").stat().st_mode) == 0o600


def test_every_problem_at_once_and_no_value() -> None:
    said = refused(
        database_url="mysql://root:hush@x",
        port="99999",
        public_url="nowhere",
        smtp_url="ftp://u:hush@x",
        log_level="LOUD",
    )
    for name in ("DATABASE_URL", "PORT", "PUBLIC_URL", "SMTP_URL", "LOG_LEVEL"):
        assert name in said
    assert "hush" not in said


def test_postgresql_demands_a_secret_and_sqlite_one_process() -> None:
    assert "SECRET_KEY" in refused(database_url="postgres://u@h/d")
    assert "WEB_CONCURRENCY" in refused(web_concurrency="2")


def test_two_bots_are_two_tokens() -> None:
    assert "CONTACT_PERSONS_BOT_TOKEN" in refused(applicants_bot_token="1:a", contact_persons_bot_token="1:a")


def test_alarms_by_mail_need_mail_and_an_address() -> None:
    assert "ALARM_EMAIL: nothing is sent there without SMTP_URL" in refused(alarm_email="duty@example.se")
    assert "ALARM_EMAIL" in refused(alarm_email="duty", smtp_url="smtp://localhost")
    assert "ALARM_MINUTES" in refused(alarm_minutes="0")
    assert Settings(alarm_email="duty@example.se", smtp_url=SecretStr("smtp://localhost")).alarm_minutes == 15


def test_a_dotenv_file_is_read() -> None:
    Path(".env").write_text("PORT=8123\nCONTACT_MAILBOX=box@example.se\n")
    assert Settings().port == 8123
    assert Settings().contact_mailbox == "box@example.se"


def test_secrets_do_not_print() -> None:
    assert "hush" not in repr(Settings(applicants_bot_token=SecretStr("1:hush")))


@pytest.mark.parametrize("off", ["", " ", "-1"])
def test_an_hour_can_be_none(off: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DIGEST_HOUR", "QUIET_FROM", "QUIET_TO"):
        monkeypatch.setenv(name, off)
    settings = Settings()
    assert (settings.digest_hour, settings.quiet_from, settings.quiet_to) == (None, None, None)


def test_the_hours_of_contact_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    assert (settings.digest_hour, settings.quiet_from, settings.quiet_to) == (8, 18, 7)
    monkeypatch.setenv("DIGEST_HOUR", "0")
    assert Settings().digest_hour == 0
    for name, value in (("DIGEST_HOUR", "24"), ("QUIET_FROM", "-2"), ("QUIET_TO", "seven")):
        assert name in refused(**{name.lower(): value})


@pytest.mark.parametrize(("evening", "morning"), [("18", ""), ("", "7"), ("7", "7")])
def test_quiet_hours_have_a_beginning_and_an_end(evening: str, morning: str) -> None:
    assert "QUIET_FROM, QUIET_TO" in refused(quiet_from=evening, quiet_to=morning)


async def test_the_room_for_files_is_what_the_settings_say() -> None:
    for settings, limits in (
        (Settings(), Limits()),
        (Settings(person_mb=1, case_mb=2, files_mb=3, disk_reserve_mb=0), Limits(MB, 2 * MB, 3 * MB, 0)),
    ):
        program = Program(settings)
        assert program.turns.uploads.quotas.limits == limits
        await program.database.close()
    assert "PERSON_MB" in refused(person_mb="0")
