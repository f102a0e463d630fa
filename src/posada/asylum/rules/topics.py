"""What an information session, and its sheet, is about: which statements of a guide belong to it."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.guide import Guide, Kind, Referral, Rule, on_day
from posada.asylum.rules.terms import OnWhom


class Topic(StrEnum):
    """A subject for everybody of the house. That somebody was there says nothing of what they need."""

    STEPS = "steps"
    DEADLINES = "deadlines"
    PAPERS = "papers"
    RIGHTS = "rights"
    RISKS = "risks"
    OPTIONS = "options"
    HELP = "help"


TOPIC_WORDS = {
    Topic.STEPS: _("How protection is asked for"),
    Topic.DEADLINES: _("Days that count"),
    Topic.PAPERS: _("Papers"),
    Topic.RIGHTS: _("Rights"),
    Topic.RISKS: _("What to watch out for"),
    Topic.OPTIONS: _("Ways to stay"),
    Topic.HELP: _("Who helps"),
}

_KINDS = {
    Topic.STEPS: (Kind.STEP,),
    Topic.DEADLINES: (Kind.DEADLINE,),
    Topic.PAPERS: (Kind.DOCUMENT,),
    Topic.RIGHTS: (Kind.RIGHT,),
    Topic.RISKS: (Kind.RISK, Kind.RESTRICTION),
    Topic.OPTIONS: (Kind.OPTION,),
    Topic.HELP: (Kind.CONTACT,),
}
# What is for one person alone with their lawyer, never for a group: by how the id begins, or goes on after the country.
_STATE = "EXM-"
_ALONE = ("EXC-", "DUTY-")

# In which language it was held; with an interpreter or without.
SPOKEN = {
    "es": "Español",
    "en": "English",
    "pt": "Português",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
    "guc": "Wayuunaiki",
    "wba": "Warao",
    "yup": "Yukpa",
    "xx": _("Another"),
}


def rules_about(guide: Guide, topic: Topic, day: date) -> tuple[Rule, ...]:
    """The statements of a topic that can hold on a day, as they stand in the guide; legal aid comes with each topic."""
    kept = [rule for rule in on_day(guide.rule, day) if rule.kind in _KINDS[topic] and _is_for_all(rule)]
    if topic is Topic.DEADLINES:
        kept = [rule for rule in kept if rule.duration is None or rule.duration.on_whom is OnWhom.APPLICANT]
    aid = [rule for rule in on_day(guide.rule, day) if rule.referral is Referral.LEGAL and rule not in kept]
    return (*kept, *aid)


def _is_for_all(rule: Rule) -> bool:
    if rule.id.startswith(_STATE) or rule.referral is Referral.PROTECTED_PATH:
        return False
    return not rule.id.partition("-")[2].startswith(_ALONE)
