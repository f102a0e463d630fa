"""Alarms as sentences: who did what kind of thing, how often and when; never to whom, never what stands in a file."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from posada.accounts.models import Notice, NoticeSeen, UrgentReading
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.forms.emergency import WHY_LABELS
from posada.records import notices, quotas, urgency
from posada.records.staff import name_of
from posada.ui.parts import Badge

WORDS = {
    NoticeSeen.Word.EXPECTED: gettext_lazy("It was expected"),
    NoticeSeen.Word.ASKED: gettext_lazy("I asked them"),
    NoticeSeen.Word.ACTED: gettext_lazy("I did something about it"),
}
VERDICTS = {
    UrgentReading.Verdict.RIGHT: gettext_lazy("It was right"),
    UrgentReading.Verdict.TALK: gettext_lazy("To be talked about"),
}
_URGENT = frozenset(
    {
        Notice.Kind.BREAK_GLASS,
        Notice.Kind.EMERGENCY,
        Notice.Kind.EVACUATION,
        Notice.Kind.EXPORT,
        Notice.Kind.SLIP,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One alarm: its row, what happened as a sentence, when, who has seen it, and whether it waits for the reader."""

    row: Notice
    sentence: str
    when: str
    badge: Badge
    seen: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class Urgent:
    """One urgent reading to look at afterwards: what happened, when, and what was said of it."""

    row: UrgentReading
    sentence: str
    when: str
    verdict: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """What one member of staff used of what is allowed."""

    name: str
    hour: str
    day: str
    searches: int


def _moment(moment: datetime) -> str:
    return date_format(moment.astimezone(clock.house_zone()), "j M, H:i")


_SENTENCES = {
    Notice.Kind.QUOTA: gettext_lazy("%(who)s reached what an hour or a day allows, and was stopped."),
    Notice.Kind.MANY: gettext_lazy("%(who)s opened nearly as many persons as are allowed: %(n)d."),
    Notice.Kind.WEEK: gettext_lazy("%(who)s opened %(n)d different persons in seven days."),
    Notice.Kind.MONTH: gettext_lazy("%(who)s opened %(n)d different persons in four weeks."),
    Notice.Kind.NIGHT: gettext_lazy("%(who)s opened %(n)d different persons in an hour of the night."),
    Notice.Kind.SEARCHES: gettext_lazy("%(who)s searched %(n)d times in an hour and opened hardly anybody."),
    Notice.Kind.REFUSED: gettext_lazy(
        "%(who)s tried %(n)d times in an hour what was refused, or numbers that nobody has."
    ),
    Notice.Kind.FORMS: gettext_lazy(
        "%(who)s looked %(n)d times in an hour for persons on forms of registration that were not saved."
    ),
    Notice.Kind.HIDDEN: gettext_lazy(
        "%(who)s hid files to be erased, or erased sentences or false callers, %(n)d times in an hour."
    ),
    Notice.Kind.TAKEN: gettext_lazy("%(who)s took %(n)d members of staff away within an hour."),
    Notice.Kind.FROZEN: gettext_lazy(
        "%(who)s froze contact with every family of the house, or with many of them (%(n)d presses in an hour)."
    ),
    Notice.Kind.SLIP: ngettext_lazy(
        "%(who)s issued a slip to sign in anew.", "%(who)s issued %(n)d slips to sign in anew within an hour.", "n"
    ),
    Notice.Kind.EXPORT: ngettext_lazy(
        "%(who)s wrote a list out.", "%(who)s wrote %(n)d lists out within an hour.", "n"
    ),
    Notice.Kind.BREAK_GLASS: ngettext_lazy(
        "%(who)s opened a file by urgency.", "%(who)s opened %(n)d files by urgency within an hour.", "n"
    ),
    Notice.Kind.EMERGENCY: ngettext_lazy(
        "%(who)s read an emergency sheet.", "%(who)s read %(n)d emergency sheets within an hour.", "n"
    ),
    Notice.Kind.EVACUATION: ngettext_lazy(
        "%(who)s made the evacuation list.", "%(who)s made the evacuation list %(n)d times within an hour.", "n"
    ),
}


def _sentence(row: Notice) -> str:
    return str(_SENTENCES[Notice.Kind(row.kind)] % {"who": name_of(row.user_id), "n": row.count})


def _seen(one: NoticeSeen) -> str:
    if one.word:
        words = {"who": name_of(one.user_id), "word": WORDS[NoticeSeen.Word(one.word)]}
        return _("%(who)s: %(word)s") % words
    return _("Seen by %(who)s") % {"who": name_of(one.user_id)}


def lines(actor: Actor) -> list[Line]:
    """The alarms as this reader sees them, what waits first."""
    return [
        Line(
            row=shown.row,
            sentence=_sentence(shown.row),
            when=_moment(shown.row.raised_at),
            badge=Badge(_("told at once"), "wait") if shown.row.kind in _URGENT else Badge(_("unusual"), "danger"),
            seen=tuple(_seen(one) for one in shown.seen),
            waits=shown.waits,
        )
        for shown in notices.alarms(actor)
    ]


def _urgent(row: UrgentReading) -> Urgent:
    words = {"who": name_of(row.user_id), "why": WHY_LABELS[UrgentReading.Why(row.why)]}
    text = _("%(who)s opened a file by urgency. Reason: %(why)s.")
    if row.kind == UrgentReading.Kind.EMERGENCY:
        text = _("%(who)s read an emergency sheet. Reason: %(why)s.")
    verdict = ""
    if row.verdict:
        said = {"who": name_of(row.reviewed_by_id), "word": VERDICTS[UrgentReading.Verdict(row.verdict)]}
        verdict = _("%(who)s: %(word)s") % said
    return Urgent(row, text % words, _moment(row.began_at), verdict)


def to_review(actor: Actor) -> list[Urgent]:
    """What was read urgently and waits to be looked at."""
    return [_urgent(row) for row in urgency.to_review(actor)]


def reviewed(actor: Actor) -> list[Urgent]:
    """What was looked at, newest first."""
    return [_urgent(row) for row in urgency.reviewed(actor)]


def team(actor: Actor) -> list[TeamLine]:
    """What everybody has opened and searched: numbers, no person."""
    found = []
    for use in quotas.team_use(actor.site):
        words = _("%(used)d of %(allowed)d")
        hour = words % {"used": use.in_hour, "allowed": use.hour_allowed}
        day = words % {"used": use.in_day, "allowed": use.day_allowed}
        found.append(TeamLine(name_of(use.user), hour, day, use.searches))
    return found
