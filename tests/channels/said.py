"""What a text message has to say: all the words of the transcript, and each option behind its number."""

import re
from collections.abc import Sequence

from bot.speech.catalogs import ISOLATE, POP
from bot.speech.numbered import NumberedOption
from dialogs.language.replies import Reply
from tests.transcripts.render import rendered

SIGNS = "=☺☞!“”()✓ "
APART = re.compile(" · |: ?| / ")
"""What stands around words in a transcript, and between them."""
FILE = "(a file"
"""What a transcript writes for a file, which does not come."""


def check(text: str, reply: Reply, mine: Sequence[NumberedOption], locale: str) -> None:
    """AssertionError where a text message leaves out something of a reply, whose options these are."""
    bare = text.replace(ISOLATE, "").replace(POP, "")
    for line in rendered(reply, locale):
        if not line.startswith(("  [", FILE)):
            assert all(part in bare for part in APART.split(line.strip(SIGNS))), (line, bare)
    for option in mine:
        assert f"\n{option.mark}. {option.label}\n" in text
