"""Settings: every problem is named at once, no value is shown."""

import stat
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.main.program import Program
from bot.settings.sender import sender
from bot.settings.settings import Settings, problems
from bot.turns.quota import MB, FileLimits
from tests.house import GivenSettings, compose


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


@pytest.mark.parametrize("plain", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite+aiosqlite://"])
def test_a_database_that_would_be_gone_with_the_process_is_refused(plain: str) -> None:
    assert "DATABASE_URL: must name a file" in refused(database_url=plain)


def test_a_place_for_files_without_a_name_is_refused() -> None:
    said = refused(files_dir="", erased_log=" ")
    assert "FILES_DIR: must be a path" in said
    assert "ERASED_LOG: must be a path" in said


@pytest.mark.parametrize("secret", ["x", "   ", " " * 40])
@pytest.mark.parametrize("database_url", ["sqlite:///guide.sqlite3", "postgres://u@h/d"])
def test_a_secret_that_can_be_guessed_is_refused(secret: str, database_url: str) -> None:
    assert "SECRET_KEY: at least 32 characters" in refused(secret_key=secret, database_url=database_url)


def test_what_is_no_bots_token_is_refused() -> None:
    said = refused(applicants_bot_token="abd", contact_persons_bot_token="1:a b")
    assert "APPLICANTS_BOT_TOKEN: must be a token" in said
    assert "CONTACT_PERSONS_BOT_TOKEN: must be a token" in said


def test_alarms_by_mail_need_mail_and_an_address() -> None:
    assert "ALARM_EMAIL: nothing is sent there without SMTP_URL" in refused(alarm_email="duty@example.se")
    assert "ALARM_EMAIL" in refused(alarm_email="duty", smtp_url="smtp://localhost")
    assert "ALARM_MINUTES" in refused(alarm_minutes="0")
    assert "RUNBOOK_URL" in refused(runbook_url="docs/operations.md")
    assert Settings(alarm_email="duty@example.se", smtp_url=SecretStr("smtp://localhost")).alarm_minutes == 15


def test_behind_a_proxy_nobody_comes_another_way() -> None:
    assert Settings().host == "0.0.0.0"
    assert Settings(public_url="https://samverkan.example.se").host == "127.0.0.1"
    assert Settings(public_url="https://samverkan.example.se", host="0.0.0.0").host == "0.0.0.0"


def test_whom_we_believe_about_who_is_who(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ip_network("127.0.0.0/8") in Settings().trusted_proxies
    monkeypatch.setenv("TRUSTED_PROXIES", "203.0.113.1, 2001:db8::/32")
    assert Settings().trusted_proxies == (ip_network("203.0.113.1"), ip_network("2001:db8::/32"))
    monkeypatch.setenv("TRUSTED_PROXIES", "")
    assert Settings().trusted_proxies == ()
    for wrong in ("nginx", "10.0.0.1/8", "10.0.0.1 10.0.0.2"):
        assert "TRUSTED_PROXIES: must be addresses" in refused(trusted_proxies=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "Samverkansguiden",
        "guide@",
        "@example.se",
        "<>",
        "a@example.se, b@example.se",
        "Guide <a@example.se> <b@example.se>",
        "a@example.se\r\nBcc: b@example.se",
        "Guide\nBcc: b@example.se <a@example.se>",
        "guide@malmö.se",
        "guide@intern",
        "two words@example.se",
    ],
)
def test_a_sender_from_whom_no_letter_goes_stops_the_start(wrong: str) -> None:
    assert "MAIL_FROM: must be one e-mail address" in refused(mail_from=wrong)


@pytest.mark.parametrize(
    ("right", "name", "address"),
    [
        ("guide@example.se", "", "guide@example.se"),
        ("Samverkansguiden <guide@example.se>", "Samverkansguiden", "guide@example.se"),
        ('"Malmö stad, FGK" <guide@example.se>', "Malmö stad, FGK", "guide@example.se"),
        ("Malmö stad, FGK <guide@example.se>", "Malmö stad, FGK", "guide@example.se"),
        ("guide@xn--malm-8qa.se", "", "guide@xn--malm-8qa.se"),
        ("guide@localhost", "", "guide@localhost"),
    ],
)
def test_a_sender_may_have_a_name(right: str, name: str, address: str) -> None:
    said = sender(Settings(mail_from=right).mail_from)
    assert (said.display_name, said.addr_spec) == (name, address)


def test_no_letter_leaves_the_house_from_localhost() -> None:
    elsewhere = "smtp+starttls://guide:hush@mail.example.se"
    assert "MAIL_FROM: an address of yours is needed" in refused(smtp_url=elsewhere)
    assert "hush" not in refused(smtp_url=elsewhere)
    assert Settings(smtp_url=SecretStr(elsewhere), mail_from="guide@example.se").mail_from == "guide@example.se"
    assert Settings(smtp_url=SecretStr("smtp://127.0.0.1:1025")).mail_from.endswith("@localhost")


def test_a_mailbox_is_an_address() -> None:
    assert "CONTACT_MAILBOX" in refused(contact_mailbox="the mailbox")


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
        (Settings(), FileLimits()),
        (Settings(person_mb=1, case_mb=2, files_mb=3, disk_reserve_mb=0), FileLimits(MB, 2 * MB, 3 * MB, 0)),
    ):
        program = Program(settings)
        assert program.turns.uploads.quotas.limits == limits
        await program.database.close()
    assert "PERSON_MB" in refused(person_mb="0")


def test_files_lie_in_a_folder_or_as_objects() -> None:
    assert (Settings().files_dir, Settings().objects) == (Path("var/files"), "")
    for given in ({"files_dir": "a"}, {"files_url": "a"}, {"files_url": "a", "files_dir": "b"}):
        assert Settings(**given).files_dir == Path("a")  # type: ignore[arg-type]
    assert Settings(files_url="file:///srv/files").files_dir == Path("/srv/files")
    assert Settings(files_url="s3://bucket/guide/").objects == "s3://bucket/guide"
    for wrong in ("s3://", "ftp://bucket", "s3://key:hush@bucket", "s3://bucket?key=hush"):
        said = refused(files_url=wrong)
        assert "FILES_URL: must be a folder" in said
        assert "hush" not in said


@pytest.mark.parametrize(
    "odd",
    [
        "s3://bucket/a//b",
        "S3://bucket/a",
        "s3://bucket/../a",
        "s3://bucket/a/.",
        "s3://bucket/%2e%2e/a",
        "s3://bucket/a#part",
        "s3://bucket:99/a",
        "s3:///a",
        "s3:bucket/a",
        "s3a://bucket/a",
        "file:/srv/files",
        "file://host/srv/files",
        "https://store/bucket",
    ],
)
def test_a_place_for_files_that_libraries_read_as_another_is_refused(odd: str) -> None:
    assert "FILES_URL: must be a folder" in refused(files_url=odd)


def test_a_prefix_may_be_of_several_words() -> None:
    for plain in ("s3://my.bucket-1/the guide/år_1", "az://container/..a/b.c"):
        assert Settings(files_url=f"{plain}/").objects == plain


def test_the_register_of_erasures_lies_beside_objects_unless_a_file_is_named() -> None:
    assert not Settings().erased_in_store
    assert Settings(files_url="s3://bucket").erased_in_store
    assert not Settings(files_url="s3://bucket", erased_log=Path("/backups/erased.jsonl")).erased_in_store


def test_what_is_said_of_s3_goes_to_s3_alone_and_is_not_shown() -> None:
    known = {"aws_access_key_id": "id", "aws_secret_access_key": SecretStr("hush"), "aws_endpoint_url": "https://o"}
    settings = Settings(files_url="s3://bucket", **known)  # type: ignore[arg-type]
    assert settings.objects_known["aws_secret_access_key"] == "hush"
    assert "hush" not in repr(settings)
    assert Settings(files_url="gs://bucket", **known).objects_known == {}  # type: ignore[arg-type]


async def test_what_a_test_composes_hears_neither_the_environment_nor_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(".env").write_text("SUBMISSIONS_PER_DAY=1\nTRANSLATE_URL=https://translate.example\n")
    monkeypatch.setenv("CASE_MB", "1")
    assert (Settings().submissions_per_day, Settings().case_mb) == (1, 1)
    made = GivenSettings.model_validate({"case_mb": 7, "person_mb": 8})
    assert (made.submissions_per_day, made.translate_url, made.case_mb, made.person_mb) == (5, "", 7, 8)
    parts = compose(f"sqlite:///{tmp_path}/guide.sqlite3", tmp_path)
    assert (parts.turns.limits.submissions, parts.turns.translation.on) == (5, False)
    await parts.close()
