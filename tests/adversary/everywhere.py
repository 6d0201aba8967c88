"""Every page, paper and list that a browser can be shown of a case and around it, as the application's routes have them."""

import re

from bot.web.application import ROUTES
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.phases.steps import TASKS, open_to

PLACE = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}")
ELSEWHERE = {"token", "name", "id", "sha256"}
"""What a route names that a case does not know: doors, parts of a page, colleagues, files. Their tests are others (tests/adversary/matrix.py)."""
GETS = [PLACE.sub(r"{\1}", route.path) for route in ROUTES if route.method == "GET"]
SHOWN = [path for path in GETS if not ELSEWHERE & set(re.findall(r"\{(\w+)\}", path))]


def places(case: Case, who: ContactPerson, *, desk: bool) -> list[str]:
    """The addresses at the desk, or else of the applicants, of whatever there is to be seen of this case now and around it."""
    tasks = [key for key, step in TASKS.items() if open_to(who, case, step)]
    found = []
    for path in SHOWN:
        if path.startswith("/queue") == desk and is_there(path, case):
            found += [
                path.format(reference=case.reference, task=task) for task in (tasks if "{task}" in path else ("",))
            ]
    return found


def is_there(path: str, case: Case) -> bool:
    """Whether there is such a thing of the case: a meeting agreed, something sent, an invitation to be made."""
    if path.endswith(".ics"):
        return case.meeting is not None
    if path.startswith("/receipt/") or path.endswith("/package"):
        return bool(case.kinds)
    return not path.endswith("/invite") or case.state == "started"
