"""No token and nothing that anybody wrote reaches a log, whatever goes wrong."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.operations.logs import Redacting
from bot.operations.logs import set_up as set_up_logs
from bot.telegram import poll, updates
from tests.samples import PDF
from tests.telegram.stage import APPLICANTS_TOKEN, STAFF_TOKEN, Stage

WRITTEN = "a sentence that somebody wrote"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poll, "BACK_OFF", (0.01,))
    monkeypatch.setattr(updates, "PAUSES", (0.01,))
    monkeypatch.setattr("bot.telegram.applicants.AGAIN", 0.01)


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back afterwards with every level below it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def trouble(stage: Stage) -> None:
    """A conversation in which everything goes wrong once."""
    sara, karin = stage.phone(), stage.staff_phone()
    for account in (stage.applicants_account, stage.staff_account):
        account.fails("getUpdates", 500, WRITTEN)
        account.fails("getUpdates")
        account.fails("sendMessage", 400, f"Bad Request: can't parse entities: {WRITTEN}")
        account.fails("answerCallbackQuery", 400, WRITTEN)
    await stage.invited(karin)
    await sara.walk("papers")
    stage.applicants_account.fails("file")
    await sara.send_file("plan.pdf", PDF, caption=WRITTEN)
    await sara.read()
    async with stage.parts.database.write() as connection:
        await connection.exec_driver_sql(f"UPDATE drafts SET answers = '[\"{WRITTEN}\"]'")
    await sara.say(WRITTEN)
    await sara.read()
    stage.applicants_account.fails("getMe", 401, WRITTEN)
    with pytest.raises(Exception, match="telegram: 401") as caught:
        await stage.applicants.open()
    assert "token" not in str(caught.value).lower()


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_the_log_of_a_bad_day(stage: Stage, root: logging.Logger, level: str) -> None:
    set_up_logs(level, (APPLICANTS_TOKEN, STAFF_TOKEN))
    written = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
    await trouble(stage)
    text = written.getvalue()
    assert "telegram: telegram: 500" in text
    assert APPLICANTS_TOKEN not in text
    assert STAFF_TOKEN not in text
    assert WRITTEN not in text


async def test_what_we_log_ourselves_needs_no_redacting(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "bot")
    await trouble(stage)
    ours = [
        record.getMessage() + str(record.exc_info or "") for record in caplog.records if record.name.startswith("bot.")
    ]
    assert any("is skipped: ValidationError" in line for line in ours)
    redacting = Redacting((APPLICANTS_TOKEN, STAFF_TOKEN, WRITTEN))
    assert [line for line in ours if redacting.redacted(line) != line] == []
