"""The Swedish of the documents. The registry's language is Swedish whoever reads, so these words are in no catalog."""

from dialogs.case.criterion import VERDICTS
from dialogs.engine.declared import Declared
from dialogs.phases.initiation.application import SCOPES

WAITS_SV = {
    "city": "kontaktpersonen",
    "applicants": "de sökande",
    "committee": "tekniska nämnden",
    "elsewhere": "en annan nämnd",
    "nobody": "ingen",
}
VERDICTS_SV = {"met": "Uppfyllt", "partly": "Delvis", "not_yet": "Inte än", "dont_know": "Vet inte"}
REFERRALS_SV = {"whole": "Hela ärendet", "part": "En del av ärendet", "view": "Yttrande"}
SCOPES_SV = {
    "yes": "Ja, säger gruppen",
    "partly": "Delvis, eller något annat: kan beröra en annan nämnd",
    "not_sure": "Gruppen vet inte",
}
APPLICANTS = "de sökande"
UNSHOWN = "Bilder som inte visas här, utan ligger i paketets mapp filer"

for options, words in ((SCOPES, SCOPES_SV), (VERDICTS, VERDICTS_SV)):
    if unnamed := {option.id for option in options} ^ words.keys():
        raise Declared(f"what can be answered and what the papers have Swedish words for differ: {unnamed}")
