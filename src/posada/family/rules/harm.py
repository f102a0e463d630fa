"""What may happen to a relative left behind, and the plain steps that follow it, in order. No law is invented here."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from posada.people.rules.referring import ANSWERS as ANSWERS
from posada.people.rules.referring import HOW_SAID as HOW_SAID
from posada.people.rules.referring import OPEN as OPEN
from posada.people.rules.referring import STAND_WORDS as STAND_WORDS
from posada.people.rules.referring import How as How
from posada.people.rules.referring import Stands as Stands
from posada.people.rules.referring import may_answer as may_answer


class Harm(StrEnum):
    """What happened."""

    DETAINED = "detained"
    DISAPPEARED = "disappeared"
    SUMMONED = "summoned"
    RAIDED = "raided"
    THREATENED = "threatened"
    MOVED = "moved"
    FREED = "freed"


HARM_LABELS = {
    Harm.DETAINED: _("Taken or detained"),
    Harm.DISAPPEARED: _("Nobody knows where they are"),
    Harm.SUMMONED: _("Summoned"),
    Harm.RAIDED: _("The house was searched"),
    Harm.THREATENED: _("Threatened"),
    Harm.MOVED: _("Moved to another place"),
    Harm.FREED: _("Freed"),
}


class Force(StrEnum):
    """By whom, in neutral words."""

    POLICE = "police"
    STATE_ARMED = "state_armed"
    INTELLIGENCE = "intelligence"
    ARMED_GROUP = "armed_group"
    GANG = "gang"
    UNKNOWN = "unknown"
    OTHER = "other"


FORCE_LABELS = {
    Force.POLICE: _("Police"),
    Force.STATE_ARMED: _("Another armed body of the State"),
    Force.INTELLIGENCE: _("Intelligence service"),
    Force.ARMED_GROUP: _("Armed group"),
    Force.GANG: _("Gang"),
    Force.UNKNOWN: _("Not known"),
    Force.OTHER: _("Somebody else"),
}


class Sure(StrEnum):
    """How sure the source is."""

    SAW = "saw"
    TOLD = "told"
    RUMOUR = "rumour"
    UNKNOWN = "unknown"


SURE_LABELS = {
    Sure.SAW: _("Was there, or holds a paper of it"),
    Sure.TOLD: _("Was told by somebody who was there"),
    Sure.RUMOUR: _("Heard it said"),
    Sure.UNKNOWN: _("Not known"),
}


class Part(StrEnum):
    """One part of an event, which the resident may let somebody else read."""

    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    FORCE = "by_whom"
    LAST_SEEN = "last_seen"
    WHO_KNOWS = "who_knows"
    SAID = "said"
    DOCUMENTS = "documents"
    SOURCE = "source"
    NAME = "name"


PART_LABELS = {
    Part.WHAT: _("What happened"),
    Part.WHEN: _("When"),
    Part.WHERE: _("Where"),
    Part.FORCE: _("By whom"),
    Part.LAST_SEEN: _("When, where and by whom they were last seen"),
    Part.WHO_KNOWS: _("Who knows of it"),
    Part.SAID: _("What was said"),
    Part.DOCUMENTS: _("Which papers there are"),
    Part.SOURCE: _("Who tells it, and how sure"),
    Part.NAME: _("The relative's name; without it only a number"),
}


class Step(StrEnum):
    """One plain step. The word is what is kept when it is ticked."""

    WRITE_DOWN = "write_down"
    NOT_CONTACT = "not_contact"
    CHECK = "check"
    NO_MONEY = "no_money"
    KEEP_PAPERS = "keep_papers"
    WHO_TELLS = "who_tells"
    WHO_MAY_KNOW = "who_may_know"
    LEGAL_AID = "legal_aid"
    DOCUMENTING = "documenting"
    ASK_DATE = "ask_date"
    NOT_ALONE = "not_alone"
    WHAT_TAKEN = "what_taken"
    SAFE_PLACE = "safe_place"
    NEW_PLACE = "new_place"
    HOW_THEY_ARE = "how_they_are"
    NEW_WORDS = "new_words"


STEP_WORDS = {
    Step.WRITE_DOWN: _("Write down now, in the words that were used: day, hour, place, who came, what was said."),
    Step.NOT_CONTACT: _("Do not call or write to the relative: their telephone may be in other hands."),
    Step.CHECK: _("Check who tells it: agreed words, or something that only the family knows."),
    Step.NO_MONEY: _("Nobody pays anything. Whoever asks for money is written into the log of false callers."),
    Step.KEEP_PAPERS: _("Keep pictures of papers here, not on a telephone."),
    Step.WHO_TELLS: _("Ask the resident who of the family may be told, by whom, and who must not learn of it."),
    Step.WHO_MAY_KNOW: _("Say nothing of it in a group or to a neighbour; nobody publishes it unasked."),
    Step.LEGAL_AID: _("Ask the resident whether a lawyer or a legal aid service may be told. No is an answer, too."),
    Step.DOCUMENTING: _("Ask whether a body that documents such cases may be told, and exactly what."),
    Step.ASK_DATE: _("Write down for which day and place the summons is; ask legal aid before anybody goes."),
    Step.NOT_ALONE: _("Nobody goes there alone or without having told somebody who may ask for them."),
    Step.WHAT_TAKEN: _("List what was taken: telephones, papers, whose names and numbers were in them."),
    Step.SAFE_PLACE: _("Ask whether the relative has a place to sleep elsewhere; we do not arrange it by telephone."),
    Step.NEW_PLACE: _("Write down who says where they are now, and since when. Until checked, both places stand."),
    Step.HOW_THEY_ARE: _("Let the first news come from them. Ask nothing about what happened on the telephone."),
    Step.NEW_WORDS: _("The agreed words may be known to others now: agree new ones when it is safe."),
}

_ALWAYS = (Step.WRITE_DOWN, Step.NOT_CONTACT, Step.CHECK)
_AFTER = (Step.WHO_TELLS, Step.WHO_MAY_KNOW, Step.LEGAL_AID, Step.DOCUMENTING)
STEPS: dict[Harm, tuple[Step, ...]] = {
    Harm.DETAINED: (*_ALWAYS, Step.NO_MONEY, Step.KEEP_PAPERS, *_AFTER, Step.NEW_WORDS),
    Harm.DISAPPEARED: (*_ALWAYS, Step.NO_MONEY, *_AFTER, Step.NEW_WORDS),
    Harm.SUMMONED: (*_ALWAYS, Step.ASK_DATE, Step.NOT_ALONE, Step.KEEP_PAPERS, *_AFTER),
    Harm.RAIDED: (*_ALWAYS, Step.WHAT_TAKEN, Step.SAFE_PLACE, *_AFTER, Step.NEW_WORDS),
    Harm.THREATENED: (*_ALWAYS, Step.NO_MONEY, Step.SAFE_PLACE, *_AFTER),
    Harm.MOVED: (*_ALWAYS, Step.NEW_PLACE, Step.WHO_TELLS, Step.WHO_MAY_KNOW, Step.LEGAL_AID),
    Harm.FREED: (Step.WRITE_DOWN, Step.CHECK, Step.NOT_CONTACT, Step.HOW_THEY_ARE, Step.NEW_WORDS, Step.WHO_MAY_KNOW),
}


@dataclass(frozen=True, slots=True)
class Yes:
    """What the resident said yes to. `to` is a lawyer of this house; `body` the name of a body outside."""

    parts: frozenset[Part]
    to: int | None = None
    body: str = ""
    how: How = How.SPOKEN
    language: str = ""
    witness: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it says what may be told and to whom, and a mark has its witness."""
        named = (self.to is None) != (not self.body.strip())
        return bool(self.parts) and named and (self.how is not How.MARK or bool(self.witness.strip()))
