"""All that the tables hold about one person."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.timeline import INTERNAL
from storage.tables import addresses, case_events, cases, drafts, files, participants, people, submissions


async def everything_about(connection: AsyncConnection, person: int) -> dict[str, Any]:
    """Rows by table. Addresses on the web are left out but for their number: what is stored of a link is only a hash."""
    mine = select(participants.c.case_id).where(participants.c.person_id == person)

    async def rows(query: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in (await connection.execute(query)).mappings()]

    return {
        "person": await rows(select(people).where(people.c.id == person)),
        "addresses": await rows(
            select(addresses.c.channel, addresses.c.address, addresses.c.used_at).where(
                addresses.c.person_id == person, addresses.c.channel != "web"
            )
        ),
        "cases": await rows(select(cases.c.reference, cases.c.state, cases.c.created_at).where(cases.c.id.in_(mine))),
        "drafts": await rows(
            select(
                drafts.c.id, drafts.c.dialog, drafts.c.answers, drafts.c.sent, drafts.c.started_at, drafts.c.touched_at
            ).where(drafts.c.case_id.in_(mine))
        ),
        "sent": await rows(
            select(
                submissions.c.dialog,
                submissions.c.record,
                submissions.c.shared,
                submissions.c.locale,
                submissions.c.terms,
                submissions.c.sent_at,
            ).where(submissions.c.case_id.in_(mine))
        ),
        "history": await rows(
            select(case_events.c.what, case_events.c.at)
            .where(case_events.c.case_id.in_(mine), case_events.c.what.not_in(INTERNAL))
            .order_by(case_events.c.id)
        ),
        "files": await rows(
            select(files.c.name, files.c.mime, files.c.size, files.c.sha256, files.c.at).where(
                files.c.case_id.in_(mine)
            )
        ),
    }
