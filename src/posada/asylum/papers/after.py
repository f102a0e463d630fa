"""Papers after a decision: recognition for the family, and the bones of an appeal."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.papers.blocks import (
    Block,
    Field,
    Heading,
    Paper,
    Sign,
    Space,
    Ticks,
    Words,
    both,
    joined,
    same,
    told,
)
from posada.asylum.papers.declarations import foot, hand, reckoned
from posada.asylum.papers.given import Given
from posada.asylum.papers.sources import holding, not_handed_in, short_source
from posada.asylum.rules.guide import Anchor, Ends, Rule
from posada.asylum.rules.part_words import DECIDED_WORDS

_FAMILY: Final = ("FAM-",)
_REMEDIES: Final = ("ASY-072", "ASY-073", "ASY-081")
_SIGN: Final = _("Signature or mark")
_AUTHORITY: Final = _("To which authority")


def family(given: Given) -> Paper:
    """Ask that recognition be extended to the family: who, and what shows the tie."""
    recognised = given.file.dated(Anchor.RECOGNITION.value)
    blocks: list[Block] = [
        Field(both(_("Place and day"))),
        Field(both(_AUTHORITY)),
        Field(both(_("Name")), hand(given.name(given.person))),
        Field(
            both(_("Recognised as a refugee on")), told(recognised.on, about=recognised.about) if recognised else None
        ),
        Words(both(_("I ask that my recognition be extended to those of my family who are named here."))),
    ]
    for place, one in enumerate(given.included or (None,), 1):
        blocks += [
            Heading(both(_("Relative %(place)s"), place=place)),
            Field(both(_("Full name")), hand(given.name(one)) if one else None),
            Field(both(_("Born on"))),
            Field(both(_("What this person is to me"))),
            Field(both(_("Paper that shows it, if there is one"))),
            Ticks((both(_("We live together")), both(_("This person depends on me")))),
        ]
    blocks += [Heading(both(_("What is attached"))), Space(4)]
    blocks.append(Sign((both(_SIGN), both(_("Signatures of the adults named here")))))
    rules = holding(given.guide, _FAMILY, given.today)
    blocks += not_handed_in(given.guide, rules, given.today, late=frozenset())
    title = both(_("Extension of recognition to the family"))
    return Paper(title=title, blocks=tuple(blocks), foot=foot(given))


def appeal(given: Given) -> Paper:
    """The bones of an appeal: what is challenged, and room for the grounds. What they are is a lawyer's to write."""
    times = given.ended_by(Ends.APPEAL)
    rules = [one.rule for one in times] or _appeal_rules(given)
    blocks: list[Block] = [
        Field(both(_("Place and day"))),
        _to(rules),
        *([Field(both(_("In the time given by")), short_source(rules[0]))] if rules else []),
        Field(both(_("Name")), hand(given.name(given.person))),
        *_challenged(given),
        Heading(both(_("1. What I ask"))),
        Words(both(_("I ask that the decision be looked at again and changed."))),
        _typed(given.typed.asked, 3),
        Heading(both(_("2. What happened in the procedure"))),
        Space(6),
        Heading(both(_("3. What the decision leaves out or takes wrongly"))),
        _typed(given.typed.reasons, 8),
        Heading(both(_("4. The law on which I rely, written by a lawyer"))),
        Space(8),
        Heading(both(_("5. Evidence"))),
        _typed(given.typed.evidence, 4),
        Heading(both(_("6. Where I can be told"))),
        Field(both(_("Address")), hand(given.typed.address)),
        Field(both(_("Telephone or e-mail")), hand(given.typed.contact)),
        Sign((both(_SIGN), both(_("Lawyer, if there is one")))),
    ]
    beside = [*rules, *holding(given.guide, _REMEDIES, given.today)]
    blocks += not_handed_in(given.guide, beside, given.today, late=given.late_rules)
    for one in times:
        blocks += reckoned(one)
    return Paper(title=both(_("Appeal against a decision")), blocks=tuple(blocks), foot=foot(given))


def _to(rules: list[Rule]) -> Field:
    """To whom, where the guide says it."""
    receives = rules[0].who_receives if rules else None
    return Field(both(_AUTHORITY), joined(receives, same(f"({rules[0].id})"), by=" ") if receives else None)


def _challenged(given: Given) -> list[Block]:
    """The decision: its kind, its day, the day on which the person was told."""
    chosen = given.decision
    if chosen is None:
        return [Field(both(_("Decision"))), Field(both(_("Its day"))), Field(both(_("I was told of it on")))]
    found: list[Block] = [
        Field(both(_("Decision")), both(DECIDED_WORDS[chosen.what])),
        Field(both(_("Its day")), told(chosen.on)),
        Field(both(_("I was told of it on")), told(chosen.notified_on)),
    ]
    if given.appeal is not None:
        found.append(Field(both(_("An appeal was handed in on")), told(given.appeal.filed_on)))
    return found


def _appeal_rules(given: Given) -> list[Rule]:
    """What the guide says of appeals, where no day of this case runs yet."""
    found = given.guide.rule if given.guide else ()
    return [rule for rule in found if rule.duration and rule.duration.done_by is Ends.APPEAL and not rule.superseded_by]


def _typed(words: str, lines: int) -> Block:
    return Words(same(words)) if words else Space(lines)
