"""The form of a task, as a browser sends it."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from tests.web.page import Page
from tests.web.visitor import Visitor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def send(visitor: Visitor, reference: str, task: str, form: dict[str, Any], press: str = "send") -> Page:
    """The form of a task is opened, filled in and sent by a button of it."""
    page = await visitor.open(f"/queue/{reference}/do/{task}")
    assert page.status == 200, task
    kept = {name: page.form_with(press).fields[name] for name in ("latest", "once")}
    body = urlencode({**kept, **form, "press": press}, doseq=True).encode()
    return await visitor.post(f"/queue/{reference}/do/{task}", BytesIO(body), **FORM)
