"""Mail is connected where the settings name a mail server."""

from pathlib import Path

import pytest

from bot.mail.carrier import Mail
from bot.mail.connect import connect
from tests.house import compose


@pytest.mark.parametrize("mails", [True, False])
async def test_there_is_a_carrier_where_there_is_a_server(sqlite_url: str, tmp_path: Path, mails: bool) -> None:
    parts = compose(sqlite_url, tmp_path, mails=mails)
    found = list(connect(parts.turns, parts.program.settings))
    assert [(one.channel, type(one.carrier)) for one in found] == ([("mail", Mail)] if mails else [])
    assert parts.program.connected().keys() == {one.channel for one in found}
    await parts.close()
