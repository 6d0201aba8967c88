"""What each step of initiation changes in a case, from the model and not from the code."""

from dataclasses import replace
from typing import Any

from tests.dialogs.phases.happens import (
    APPLIED,
    ASK,
    BEGUN,
    DAY,
    DUE,
    READY,
    START,
    TAKEN,
    WRITE,
    Changes,
    theirs,
    told,
    turned,
)

ASKED = {"id": 3, "keys": ["hopes"], "message": "Say more.", "due": DUE, "by": "Alva", "at": 3}

ARRIVED: dict[str, Any] = {
    "reference": "SAM-1",
    "title": "A square",
    "state": "sent",
    "locale": "ar",
    "kinds": ["application"],
    "district": "oster",
    "sent_at": 1,
    "scope": "yes",
} | turned("city", 1)

CHANGES: Changes = {
    "application": (
        (),
        APPLIED,
        ARRIVED,
    ),
    "application of somebody with protected personal data": (
        (),
        replace(APPLIED, data={**APPLIED.data, "protects": True, "named": ["p8"]}),
        ARRIVED | {"protected": True, "named": {8}, "by_role": {8}, "promised": True},
    ),
    "application to what the city started": (
        (START,),
        APPLIED,
        {"state": "taken", "locale": "ar", "kinds": ["application"], "sent_at": 2, "scope": "yes"} | turned("city", 2),
    ),
    "application once more": (
        (APPLIED, TAKEN, WRITE),
        theirs("application_sent", reference="SAM-2", title="Two squares"),
        {"title": "Two squares"} | turned("city", 4),
    ),
    "completion": (
        (*BEGUN, ASK),
        theirs("completion_sent", scope="no"),
        {"kinds": ["completion"], "scope": "no", "asked": [ASKED | {"answered": 4}]} | turned("city", 4),
    ),
    "withdrawal": (
        BEGUN,
        theirs("withdrawal_sent"),
        {"state": "withdrawn", "closed": "withdrawn", "kinds": ["withdrawal"]} | turned("nobody", 3),
    ),
    "joined": ((START,), theirs("joined"), {"joined": 1}),
    "start": (
        (),
        START,
        {
            "reference": "SAM-1",
            "title": "A square",
            "state": "started",
            "taken_by": "Alva",
            "holder": 7,
            "district": "oster",
            "started": {"proposal": "Trees."},
            "started_by": "Alva",
        }
        | turned("applicants", 1),
    ),
    "ask": (BEGUN, ASK, {"asked": [ASKED]} | turned("applicants", 3)),
    "ask once more": (
        (*BEGUN, ASK),
        told("ask", keys=["scope"], message="This.", due=DAY),
        {"asked": [{"id": 4, "keys": ["scope"], "message": "This.", "due": DAY, "by": "Alva", "at": 4}]},
    ),
    "overdue": ((*BEGUN, ASK), theirs("overdue"), {"asked": [ASKED | {"overdue": True}]}),
    "assessment": (
        BEGUN,
        told("assessment", mixed_group={"id": "met", "words": "Two kinds."}, summary="Strong.", district="vaster"),
        {
            "district": "vaster",
            "assessment": {
                "verdicts": {"mixed_group": "met"},
                "notes": {"mixed_group": "Two kinds."},
                "summary": "Strong.",
                "by": "Alva",
                "at": 3,
            },
        },
    ),
    "ready": (
        BEGUN,
        READY,
        {"state": "ready", "registration": "TN-1", "ready": {"registration": "TN-1", "meeting": DAY, "at": 3}}
        | turned("committee", 3),
    ),
    "decision granted": (
        (*BEGUN, READY),
        told("decision", outcome="granted", day=DAY, paragraph="§ 1", sum=500, text="Beviljas."),
        {
            "state": "decided",
            "closed": "decided",
            "decisions": [
                {
                    "day": DAY,
                    "paragraph": "§ 1",
                    "outcome": "granted",
                    "sum": 500,
                    "text": "Beviljas.",
                    "by": "Alva",
                    "at": 4,
                }
            ],
        }
        | turned("nobody", 4),
    ),
    "decision forwarded": (
        (*BEGUN, READY),
        told("decision", outcome="forwarded", day=DAY),
        {
            "state": "decided",
            "closed": "decided",
            "decisions": [{"day": DAY, "outcome": "forwarded", "by": "Alva", "at": 4}],
        }
        | turned("elsewhere", 4),
    ),
    "decision referred back": (
        (*BEGUN, READY),
        told("decision", outcome="referred_back", day=DAY),
        {"state": "taken", "decisions": [{"day": DAY, "outcome": "referred_back", "by": "Alva", "at": 4}]}
        | turned("city", 4),
    ),
}
