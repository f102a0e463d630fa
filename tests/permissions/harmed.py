"""What the permission matrix is tried on, of harm, a referral, the press, a false call and news of a death."""

from dataclasses import dataclass

from posada.accounts.permissions import Actor
from posada.family.models import (
    Appearance,
    CallerNote,
    DeathNews,
    DeathWords,
    FalseCall,
    HarmEvent,
    HarmNote,
    Medium,
    Referral,
    WatchCard,
)
from posada.family.rules.deaths import Knows
from posada.family.rules.harm import Harm, Part, Yes
from posada.family.services.callers import note_caller
from posada.family.services.deaths import note_death
from posada.family.services.harm import note_harm
from posada.family.services.press import note_appearance
from posada.family.services.referrals import refer
from posada.ground import ids


@dataclass(frozen=True, slots=True)
class Harmed:
    """An event of one relative with a referral of it, what appeared, a false call to them, news nobody confirmed."""

    harm: HarmNote
    referral: Referral
    appearance: Appearance
    call: CallerNote
    news: DeathNews


def harmed(by: Actor, card: WatchCard, canary: str) -> Harmed:
    """All of it for one relative."""
    harm = note_harm(by=by, card=card, content=HarmEvent(harm=Harm.DETAINED, place=f"{canary}Plaza"))
    yes = Yes(parts=frozenset({Part.WHAT, Part.WHERE}), body=f"{canary}Comisión")
    said = Appearance(id=ids.new_id(), on="2019-02", medium=Medium.RADIO, where=f"{canary}Radio")
    note_appearance(by=by, resident=card.resident, said=said)
    call = note_caller(by=by, content=FalseCall(on="2019-02-20", words=f"{canary}Licenciado"), card=card)
    words = DeathWords(source=f"{canary}Vecina", knows=Knows.HEARD)
    news = note_death(by=by, about=card, content=words)
    return Harmed(harm, refer(by=by, harm=harm, yes=yes), said, call.row, news)
