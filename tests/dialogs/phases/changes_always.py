"""What each step of any phase changes in a case, from the model and not from the code."""

from typing import Any

from tests.dialogs.phases.happens import (
    APPLIED,
    BEGUN,
    BO,
    CHOSEN,
    CLOSED,
    DAY,
    DUE,
    PART,
    PROTECT,
    READY,
    START,
    TAKEN,
    TIME,
    TIMES,
    VIEW,
    WHOLE,
    WRITE,
    Changes,
    Happens,
    theirs,
    told,
    turned,
)

OFFERED = {"id": 3, "times": [TIME], "place": "Stadshuset", "by": "Alva", "at": 3}
THEIR_WHOLE = {"kind": "whole", "committee": "FRN", "reason": "Theirs.", "expected": "All.", "due": DUE, "by": "Alva"}
THEIR_PART = {
    "id": 3,
    "kind": "part",
    "committee": "FRN",
    "what": "The yard.",
    "reason": "Theirs.",
    "expected": "Staff.",
    "due": DUE,
    "by": "Alva",
    "since": 3,
}
CLOSING = {
    "reason": "elsewhere",
    "whose": "The region.",
    "words": "Good luck!",
    "by": "Alva",
    "at": 3,
    "before": "taken",
}
OPEN_AGAIN = {"state": "taken", "closed": ""}
GONE: dict[str, Any] = {
    "title": "",
    "state": "disposed",
    "closed": "disposed",
    "waiting_since": None,
    "taken_by": "",
    "holder": 0,
    "locale": "",
    "kinds": [],
    "district": "",
    "sent_at": None,
    "scope": "",
}

CHANGES: Changes = {
    "meeting wished": (
        (),
        theirs("meeting_sent", reference="SAM-1", title="A bench", locale="en"),
        {"reference": "SAM-1", "title": "A bench", "state": "sent", "locale": "en", "kinds": ["meeting"]}
        | turned("city", 1),
    ),
    "message": (
        (*BEGUN, WRITE),
        theirs("message_sent", text="When?", locale="ar"),
        {"kinds": ["message"], "messages": [{"id": 4, "text": "When?", "locale": "ar", "at": 4}]} | turned("city", 4),
    ),
    "taken": ((APPLIED,), TAKEN, {"state": "taken", "taken_by": "Alva", "holder": 7}),
    "write": (
        BEGUN,
        WRITE,
        {"messages": [{"id": 3, "by": "Alva", "text": "Welcome!", "locale": "sv", "at": 3}]} | turned("applicants", 3),
    ),
    "write for their information": (
        BEGUN,
        told("write", text="Soon.", ball="city"),
        {"messages": [{"id": 3, "by": "Alva", "text": "Soon.", "at": 3}]},
    ),
    "times": (BEGUN, TIMES, {"offers": [OFFERED]} | turned("applicants", 3)),
    "time chosen": ((*BEGUN, TIMES), CHOSEN, {"offers": [OFFERED | {"chosen": TIME}]} | turned("city", 4)),
    "no time fits": (
        (*BEGUN, TIMES),
        theirs("no_time_fits"),
        {"offers": [OFFERED | {"none_fits": True}]} | turned("city", 4),
    ),
    "meeting reminded": (
        (*BEGUN, TIMES, CHOSEN),
        theirs("meeting_reminded"),
        {"offers": [OFFERED | {"chosen": TIME, "reminded": True}]},
    ),
    "held": (
        (*BEGUN, TIMES, CHOSEN),
        told("held", text="Good."),
        {"notes": [{"id": 5, "text": "Good.", "by": "Alva", "at": 5, "about": "meeting"}]},
    ),
    "note": (BEGUN, told("note", text="The key."), {"notes": [{"id": 3, "text": "The key.", "by": "Alva", "at": 3}]}),
    "forward a part": (BEGUN, PART, {"referrals": [THEIR_PART]}),
    "forward the whole": (
        BEGUN,
        WHOLE,
        {"state": "forwarded", "referrals": [THEIR_WHOLE | {"id": 3, "since": 3}]} | turned("elsewhere", 3),
    ),
    "view": (
        BEGUN,
        VIEW,
        {
            "referrals": [
                {
                    "id": 3,
                    "kind": "view",
                    "committee": "KS",
                    "what": "In the plan?",
                    "due": DUE,
                    "by": "Alva",
                    "since": 3,
                }
            ]
        },
    ),
    "back of a part": (
        (*BEGUN, PART, VIEW),
        told("back", which="e3", answer="Yes."),
        {"referrals": [THEIR_PART | {"back": "Yes.", "back_at": 5}]},
    ),
    "back of the whole": (
        (*BEGUN, WHOLE),
        told("back", which="e3", answer="Not ours."),
        {"state": "taken", "referrals": [THEIR_WHOLE | {"id": 3, "since": 3, "back": "Not ours.", "back_at": 4}]}
        | turned("city", 4),
    ),
    "back of the whole that nobody has": (
        (APPLIED, WHOLE),
        told("back", which="e2", answer="Not ours."),
        {"state": "sent", "referrals": [THEIR_WHOLE | {"id": 2, "since": 2, "back": "Not ours.", "back_at": 3}]}
        | turned("city", 3),
    ),
    "handover": (
        BEGUN,
        told("handover", to="p8", name="Bo", note="All is well."),
        {"taken_by": "Bo", "holder": 8, "notes": [{"id": 3, "text": "All is well.", "by": "Alva", "at": 3}]},
    ),
    "handover of a protected case": (
        (*BEGUN, PROTECT),
        told("handover", to="p8", name="Bo"),
        {"taken_by": "Bo", "holder": 8, "named": {7, 8, 9}},
    ),
    "protect": (BEGUN, PROTECT, {"protected": True, "named": {7, 9}}),
    "protect by somebody else than who has it": (
        BEGUN,
        Happens("protect", {"named": ["p9"]}, BO),
        {"protected": True, "named": {7, 8, 9}},
    ),
    "protect before it is taken": (
        (APPLIED,),
        told("protect", named=["p9"], administrators=["p8"]),
        {"protected": True, "named": {7, 8, 9}, "by_role": {8}},
    ),
    "a wish for a meeting of somebody with protected personal data, in a case that somebody has": (
        BEGUN,
        theirs("meeting_sent", reference="SAM-1", protects=True, named=["p8"]),
        {"kinds": ["meeting"], "protected": True, "named": {7, 8}, "by_role": {8}, "promised": True},
    ),
    "what they send in a case that is protected already": (
        (*BEGUN, PROTECT),
        theirs("meeting_sent", reference="SAM-1", protects=True, named=["p8"]),
        {"kinds": ["meeting"], "promised": True},
    ),
    "admit": ((*BEGUN, PROTECT), told("admit", named=["p8"]), {"named": {7, 8, 9}}),
    "unprotect what its sender protected": (
        (theirs("meeting_sent", reference="SAM-1", protects=True, named=["p8"]), TAKEN),
        told("unprotect"),
        {"protected": False, "named": set[int](), "by_role": set[int](), "promised": False},
    ),
    "unprotect": ((*BEGUN, PROTECT), told("unprotect"), {"protected": False, "named": set[int]()}),
    "close": (
        BEGUN,
        CLOSED,
        {"state": "closed", "closed": "closed", "closings": [CLOSING]} | turned("nobody", 3),
    ),
    "reopen": ((*BEGUN, CLOSED), told("reopen"), OPEN_AGAIN | turned("city", 4)),
    "message in a case that was closed": (
        (*BEGUN, CLOSED),
        theirs("message_sent", text="Wait!", locale="ar"),
        OPEN_AGAIN
        | {"kinds": ["message"], "messages": [{"id": 4, "text": "Wait!", "locale": "ar", "at": 4}]}
        | turned("city", 4),
    ),
    "time chosen in a case that was closed": (
        (*BEGUN, TIMES, told("close", reason="ended")),
        CHOSEN,
        OPEN_AGAIN | {"offers": [OFFERED | {"chosen": TIME}]} | turned("city", 5),
    ),
    "somebody joins a case that the city started and closed": (
        (START, told("close", reason="no_application")),
        theirs("joined"),
        {"state": "started", "closed": "", "joined": 1} | turned("city", 3),
    ),
    "an application in a case that the city started and closed": (
        (START, told("close", reason="no_application")),
        APPLIED,
        {"state": "taken", "closed": "", "locale": "ar", "kinds": ["application"], "sent_at": 3, "scope": "yes"}
        | turned("city", 3),
    ),
    "propose": (
        (*BEGUN, theirs("withdrawal_sent")),
        told("propose", number="TN-7", day=DAY),
        {"proposal": {"id": 4, "number": "TN-7", "day": DAY, "by": "Alva", "person": 7, "at": 4}},
    ),
    "a message after a proposal": (
        (*BEGUN, theirs("withdrawal_sent"), told("propose", number="TN-7", day=DAY)),
        theirs("message_sent", text="Wait!"),
        {"proposal": None, "kinds": ["message"], "messages": [{"id": 5, "text": "Wait!", "at": 5}]} | turned("city", 5),
    ),
    "kept as long as the schedule says": ((*BEGUN, CLOSED), theirs("kept"), {"kept": True}),
    "opened again after that": (
        (*BEGUN, CLOSED, theirs("kept"), told("propose", number="TN-7", day=DAY)),
        told("reopen"),
        OPEN_AGAIN | {"kept": False, "proposal": None} | turned("city", 6),
    ),
    "disposed of, with what is counted": (
        (*BEGUN, READY, told("decision", outcome="refused", day=DAY, paragraph="§ 3", text="Nej.")),
        told(
            "disposed",
            reference="SAM-1",
            registration="TN-1",
            was="decided",
            district="oster",
            locale="ar",
            sent="2026-03-02T10:00:00+00:00",
            decided=[[DAY, "§ 3", "refused", "2026-03-02T13:00:00+00:00"]],
        ),
        {name: value for name, value in GONE.items() if name not in ("district", "locale", "sent_at")}
        | {
            "was": "decided",
            "ready": None,
            "decisions": [{"day": DAY, "paragraph": "§ 3", "outcome": "refused", "at": 4}],
        },
    ),
    "disposed": (
        (*BEGUN, READY, told("decision", outcome="refused", day=DAY)),
        told("disposed", reference="SAM-1", registration="TN-1"),
        GONE | {"ready": None, "decisions": []},
    ),
    "disposed of a protected case": (
        (*BEGUN, PROTECT, theirs("withdrawal_sent")),
        told("disposed", reference="SAM-1", named=["p7", "p9"]),
        GONE,
    ),
}
