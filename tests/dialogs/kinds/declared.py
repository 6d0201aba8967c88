"""The kinds that dialogs are declared with, and the names of what they take apart: a new one is known to the tests by itself."""

from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.kinds.kind import Kind
from dialogs.phases.steps import DIALOGS

QUESTIONS = [question for one in (*DIALOGS.values(), *DESK_DIALOGS.values()) for question in one.questions]
KINDS: dict[str, Kind] = {type(question.kind).__name__: question.kind for question in QUESTIONS}
"""One of each class."""
FIELDS = sorted({field.name for one in QUESTIONS for field in one.kind.offer(None, {}).fields} | {"choice"})
"""The fields of their forms."""
ACTS = sorted({button.act for one in QUESTIONS for row in one.kind.offer(None, {}).rows for button in row})
"""What their buttons do before anything is answered."""
