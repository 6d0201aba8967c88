"""Law 5: what was not sent and not shared is nowhere that anybody but its writers can look; on the web, in the bots, in packages, lists, notices and mails."""

import re
from collections.abc import AsyncIterator, Iterator
from itertools import product

from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.language.events import Command, Press, Say, Start
from dialogs.phases.steps import TASKS
from storage.database.tables import drafts, outbox
from tests.adversary.asking import Asking
from tests.adversary.plain import plain
from tests.adversary.roles import CASES, NO_CASE, Cast, as_text
from tests.documents.making import taken
from tests.house import folder_of
from tests.spread import covering
from tests.ways import rows

SEE = ("holder", "deputy", "named_administrator")
"""Contact persons, who see more and more cases."""


async def test_it_is_there_to_be_found(cast: Cast) -> None:
    """The secret is written in five drafts of five kinds, or nothing here proves anything."""
    found = [
        (row.dialog, row.case_id)
        for row in await rows(cast.turns.database, drafts, sent=False)
        if cast.secret in str(row.answers)
    ]
    assert sorted(dialog for dialog, _case in found) == ["application"] * 3 + ["completion", "message"]
    assert {cast.cases["started"], cast.cases["shared"], cast.cases["ordinary"]} < {case for _dialog, case in found}
    assert cast.secret in plain(folder_of(cast.turns.files).path(cast.hidden_files[0]).read_bytes())


async def every_page(asking: Asking) -> AsyncIterator[tuple[str, str, bytes]]:
    """Everything that contact persons, and applicants of other cases, get from every GET route; hidden files are asked for by name."""
    cast = asking.cast
    paths = {
        route.resource.canonical
        for route in asking.served.server.app.router.routes()
        if route.resource and route.method == "GET"
    }
    every = {
        "reference": tuple(cast.references.values()),
        "sha256": (*cast.hidden_files, *cast.files.values()),
        "token": (cast.chats["writing"], cast.links["join"]),
        "task": tuple(TASKS),
        "id": (str(cast.ids["without"]),),
        "name": ("chat.js",),
    }
    papers = covering(product(cast.references, SEE))
    for path in sorted(paths):
        names = re.findall(r"\{(\w+)\}", path)
        for values in product(*(every[name] for name in names)):
            asked = path
            for name, value in zip(names, values, strict=True):
                asked = asked.replace(f"{{{name}}}", value)
            for role in (*SEE, "gone", "omar", "stranger"):
                # Papers are made anew each time, and are the same for whoever may have them.
                case = next((name for name, one in cast.references.items() if one in asked), "")
                if path.endswith("/package") and role in SEE and (case, role) not in papers:
                    continue
                got = await asking.ask(role, "GET", asked)
                yield role, asked, got.body


async def test_it_is_found_by_no_search(asking: Asking) -> None:
    """Looking for it says what looking for anything says that is nowhere."""
    for role in ("holder", "named_administrator"):
        for query in (asking.cast.secret, asking.cast.secret.lower()[:8]):
            nothing = "q" * len(query)
            assert await asking.seeks(role, query) == await asking.seeks(role, nothing), (role, query)


async def test_it_is_on_no_page_and_in_no_file(asking: Asking) -> None:
    seen = 0
    async for role, path, body in every_page(asking):
        seen += len(body) > 2000
        assert asking.cast.secret not in plain(body), (role, path)
        assert asking.cast.hidden_files[0] not in plain(body), (role, path)
    assert seen > 100


async def test_it_is_in_no_package(cast: Cast) -> None:
    for case in CASES:
        if case in cast.references:
            content = await taken(cast.turns.papers.package(0, cast.references[case], internal=True))
            text = plain(content or b"")
            assert cast.secret not in text, case
            assert cast.hidden_files[0] not in text, case
    ordinary = await taken(cast.turns.papers.package(0, cast.references["ordinary"]))
    assert "Trees and light." in plain(ordinary or b"")


def every_press(cast: Cast) -> Iterator[Press | Start]:
    """Everything that the contact persons' bot knows, about every case and every number that a draft might have."""
    numbers = (*cast.cases.values(), 4, NO_CASE)
    for act in ("case", "read", "more", "log", "package", "follow", "invite", *(f"do:{key}" for key in DESK_DIALOGS)):
        yield from (Press(f"{act}:{number}") for number in numbers)
    yield from (
        Press(act) for act in ("resume", "cancel", "overview", "queue", "mine", "untaken", "unread", "followed")
    )
    for number in range(1, 12):
        yield Press("done", "area", number, 20)
        yield from (Press(f"{act}:{number}") for act in ("open", "delete3", "write", "complete"))
    yield from (Start(cast.chats["writing"]), Start(cast.links["join"]))


async def test_it_is_said_by_no_bot_and_in_no_notice_or_mail(each_cast: Cast) -> None:
    """Every press by who has the cases, by an administrator and by somebody who is named; then everything that waits to be sent to them."""
    cast = each_cast
    for role in ("holder", "named_administrator"):
        for event in every_press(cast):
            assert cast.secret not in as_text(await cast.told(cast.desk(role), event)), (role, event)
        await cast.told(cast.desk(role), Press("cancel"))
    kept = [row.reply for row in await rows(cast.turns.database, outbox) if row.channel in ("telegram_staff", "mail")]
    assert len(kept) > 100
    for hidden in (cast.secret, cast.hidden_files[0]):
        assert hidden not in as_text(kept)
    for words in (Command("queue", cast.secret), Say(cast.secret)):
        said = as_text(await cast.told(cast.desk("holder"), words))
        assert not any(reference in said for reference in cast.references.values()), "nothing is found by it"
