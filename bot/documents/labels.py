"""The Swedish of the documents. The registry's language is Swedish whoever reads, so these words are in no catalog."""

STATES_SV = {
    "draft": "Utkast",
    "started": "Påbörjat av staden",
    "sent": "Inkommet, ännu inte tilldelat",
    "taken": "Handläggs",
    "forwarded": "Överlämnat",
    "ready": "Klart för tekniska nämnden",
    "decided": "Beslutat",
    "withdrawn": "Återkallat av de sökande",
    "disposed": "Gallrat",
}
WAITS_SV = {
    "city": "kontaktpersonen",
    "applicants": "de sökande",
    "committee": "tekniska nämnden",
    "elsewhere": "en annan nämnd",
    "nobody": "ingen",
}
SENT_SV = {
    "application": "Ansökan om samverkansstöd",
    "meeting": "Önskemål om ett första möte",
    "completion": "Komplettering",
    "message": "Meddelande",
    "withdrawal": "Återkallelse",
}
VERDICTS_SV = {"met": "Uppfyllt", "partly": "Delvis", "not_yet": "Inte än", "dont_know": "Vet inte"}
OUTCOMES_SV = {
    "granted": "Bifall",
    "granted_in_part": "Bifall i en del",
    "refused": "Avslag",
    "referred_back": "Återremiss",
    "forwarded": "Överlämnat till annan nämnd",
}
REFERRALS_SV = {"whole": "Hela ärendet", "part": "En del av ärendet", "view": "Yttrande"}
SCOPES_SV = {
    "yes": "Ja, säger gruppen",
    "partly": "Delvis, eller något annat: kan beröra en annan nämnd",
    "not_sure": "Gruppen vet inte",
}
APPLICANTS = "de sökande"
UNSHOWN = "Bilder som inte visas här, utan ligger i paketets mapp filer"

HAPPENED = {
    "application_sent": "Ansökan kom in.",
    "meeting_sent": "Ett önskemål om ett första möte kom in.",
    "completion_sent": "En komplettering kom in.",
    "message_sent": "De sökande skrev ett meddelande.",
    "withdrawal_sent": "De sökande återkallade ärendet.",
    "start": "{by} påbörjade ärendet för stadens räkning.",
    "joined": "En aktör kom med genom en inbjudan.",
    "taken": "{by} tog hand om ärendet.",
    "handover": "{by} lämnade över ärendet till {name}.",
    "assessment": "{by} bedömde kriterierna.",
    "ask": "{by} bad om komplettering till den {due}.",
    "overdue": "Ingen komplettering kom in inom utsatt tid.",
    "write": "{by} skrev ett meddelande till de sökande.",
    "times": "{by} föreslog tider för ett möte.",
    "time_chosen": "De sökande valde en tid för mötet: {time}.",
    "no_time_fits": "Ingen av mötestiderna passade de sökande.",
    "held": "{by} antecknade att mötet har hållits.",
    "forward": "{by} lämnade över till {committee}.",
    "view": "{by} bad {committee} om ett yttrande.",
    "back": "Svar kom från {committee}.",
    "ready": "{by} gjorde ärendet klart för tekniska nämnden.",
    "decision": "Tekniska nämnden beslutade: {outcome}.",
    "protect": "{by} satte sekretessmarkering.",
    "unprotect": "{by} tog bort sekretessmarkeringen.",
    "disposed": "{by} gallrade ärendet enligt ett gallringsbeslut.",
    "note": "{by} skrev en intern anteckning.",
}
"""What happened, as the timeline puts it. `{by}` is the contact person."""
OWN_COPY_ONLY = ("note",)
"""Events that appear only in the contact persons' own copy."""
UNTOLD = ("meeting_reminded",)
"""Events of the machinery that nobody needs to read about."""
