"""How each fact is asked for, and why. Every one is voluntary. No sentence here says what the law is."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Outcome
from posada.asylum.rules.options import Ground

_TIE: Final = _("A tie to the country may open a way that needs no claim.")
_CLAIM: Final = _("An earlier claim may change what can be asked for now.")
_PERMIT: Final = _("Some permits depend on one that is held, or was.")
_CAME: Final = _("Some ways depend on when and how somebody came.")
_CARE: Final = _("Some ways are for children, or for whoever needs more care.")
_LOOKED_AT: Final = _("Some ways look at this: better known before than found out there. It may stay unsaid.")

# "Here" is the country whose guide is read.
QUESTIONS: Final[dict[Fact, tuple[Any, Any]]] = {
    Fact.NATIONALITIES: (_("Nationalities"), _("Some ways are for nationals of certain countries.")),
    Fact.STATELESS: (_("Does no country take the person for its national?"), _("There may be a way of its own.")),
    Fact.NATIONAL_HERE: (_("Has the nationality of this country already?"), _TIE),
    Fact.PARENT_NATIONAL_HERE: (_("Mother or father of this country's nationality?"), _TIE),
    Fact.GRANDPARENT_NATIONAL_HERE: (_("Grandmother or grandfather of this country's nationality?"), _TIE),
    Fact.BINATIONAL_PEOPLE: (_("Belongs to an indigenous people on both sides of the border?"), _TIE),
    Fact.LIVED_ABROAD: (_("Lived in another country before?"), _("There may be help for whoever comes back.")),
    Fact.SPOUSE_NATIONAL_HERE: (_("Spouse or partner of this country's nationality?"), _TIE),
    Fact.PRESENT_HERE: (_("Is the person in this country now?"), _("Some ways begin only inside the country.")),
    Fact.IN_TRANSIT: (_("Only on the way through?"), _CAME),
    Fact.ENTRY: (_("Day of entry"), _CAME),
    Fact.ENTRY_BY_CHECKPOINT: (_("Came in at a checkpoint?"), _CAME),
    Fact.DAYS_IN_A_THIRD_COUNTRY: (_("Days spent in a country on the way"), _CAME),
    Fact.VALID_PASSPORT: (_("Has a passport that is still valid?"), _("Some ways ask for one.")),
    Fact.FEARS_RETURN: (_("Would going back be dangerous?"), _("Asking for asylum rests on it. Yes or no is enough.")),
    Fact.CLAIM_PENDING_HERE: (_("Is a claim for asylum running here?"), _CLAIM),
    Fact.CLAIM_PENDING_ELSEWHERE: (_("Is a claim for asylum running in another country?"), _CLAIM),
    Fact.CLAIM_WITHDRAWN_HERE: (_("Was a claim withdrawn here?"), _CLAIM),
    Fact.CLAIM_REFUSED_HERE: (_("Was a claim refused here?"), _CLAIM),
    Fact.RECOGNISED_HERE: (_("Recognised as a refugee here?"), _CLAIM),
    Fact.RECOGNISED_ELSEWHERE: (_("Recognised as a refugee in another country?"), _CLAIM),
    Fact.HOLDS_TEMPORARY_PERMIT: (_("Holds a temporary permit of this country?"), _PERMIT),
    Fact.HELD_TEMPORARY_PERMIT_BEFORE: (_("Held a temporary permit of this country before?"), _PERMIT),
    Fact.HOLDS_VISA: (_("Holds a visa of this country?"), _PERMIT),
    Fact.IRREGULAR_ON_THE_DAY: (_("Was here without a permit on the day that the guide names?"), _PERMIT),
    Fact.EXPULSION_ORDERED: (_("Is there an order to leave, or to be expelled?"), _LOOKED_AT),
    Fact.CRIMINAL_RECORD: (_("Is there a conviction in any country?"), _LOOKED_AT),
    Fact.IS_MINOR: (_("Younger than eighteen?"), _CARE),
    Fact.IN_SCHOOL_OR_CARE: (_("In school, or in the care of the State?"), _CARE),
    Fact.CHILD_HOLDS_PERMIT: (_("Looks after a child who holds a permit of this country?"), _PERMIT),
    Fact.NEEDS_MORE_CARE: (_("Needs more care than others?"), _CARE),
}

OUTCOME_WORDS: Final = {
    Outcome.OPEN: ("good", _("Open, by the guide")),
    Outcome.TO_VERIFY: ("wait", _("To be verified")),
    Outcome.CLOSED: ("note", _("Closed, by the guide")),
    Outcome.NOT_ELIGIBLE: ("note", _("Not for this person, by what was told")),
}
GROUND_WORDS: Final = {
    Ground.GUIDE: _("By the guide:"),
    Ground.NOT_TOLD: _("Not told, and it would matter:"),
    Ground.UNVERIFIED: _("The source does not carry a sure answer; ask legal aid:"),
    Ground.NOT_COVERED: _("No source covers this day; ask legal aid:"),
    Ground.OUTSIDE: _("Outside the time in which it was open:"),
}
