"""A deadline in sentences: how it stands, and why. In the language that is in use."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from posada.asylum.rules.counting import next_open_day
from posada.asylum.rules.deadlines import Coverage, Deadline, Doubt, State
from posada.asylum.rules.terms import Confidence, OnWhom, Standing, Unit


def day_in_words(day: date) -> str:
    """A day as the language writes it, with its weekday."""
    return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}"


def length_in_words(value: int, unit: Unit) -> str:
    """So many of a unit: "10 working days"."""
    words = {
        Unit.HOUR: ngettext("%(count)s hour", "%(count)s hours", value),
        Unit.WORKING_DAY: ngettext("%(count)s working day", "%(count)s working days", value),
        Unit.CALENDAR_DAY: ngettext("%(count)s calendar day", "%(count)s calendar days", value),
        Unit.CALENDAR_MONTH: ngettext("%(count)s month", "%(count)s months", value),
        Unit.YEAR: ngettext("%(count)s year", "%(count)s years", value),
    }
    return words[unit] % {"count": value}


def state_in_words(deadline: Deadline) -> str:
    """How it stands, and what to do: one sentence or two. Late never means that somebody cannot ask."""
    if deadline.state in {State.PAST, State.PERHAPS_PAST}:
        return _late_words(deadline)
    if deadline.state in {State.OPEN, State.TODAY}:
        return _open_words(deadline)
    return {
        State.ASK: _("Not known: ask for the date from which it runs. Until then, act as if it were near."),
        State.NO_RULE: _("No source says which rule held on this date. Not verified: ask legal aid."),
        State.ANCHOR_AHEAD: _("The date from which it runs has not come yet. Check that date."),
        State.OUT_OF_ORDER: _("Done before the date from which it runs: one of the two dates is wrong. Check both."),
        State.DONE_IN_TIME: _("Done in time."),
        State.DONE_PERHAPS_LATE: _("Done; whether in time depends on what is not certain. Keep the proof of the day."),
        State.DONE_LATE: _(
            "Done after the day. That does not close it: say the reasons for being late; legal aid helps."
        ),
    }[deadline.state]


def _open_words(deadline: Deadline) -> str:
    if deadline.term is not None and deadline.term.on_whom is OnWhom.AUTHORITY:
        return _("The authority has until %(day)s.") % {"day": _end_in_words(deadline)}
    if deadline.state is State.TODAY:
        return _("Today is the day: until %(day)s.") % {"day": _end_in_words(deadline)}
    left = deadline.days_left or 0
    days = ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    said = {"day": _end_in_words(deadline), "left": days}
    if deadline.term is not None and deadline.term.paper:
        return _("It runs out on %(day)s: %(left)s. See to what follows before that day.") % said
    return _("Act by %(day)s: %(left)s.") % said


def _late_words(deadline: Deadline) -> str:
    term = deadline.term
    if term is not None and term.on_whom is OnWhom.AUTHORITY:
        return _("The authority's time has passed. Legal aid can ask what became of it.")
    if term is not None and term.paper:
        return _("This paper has run out. Say the reasons, and ask legal aid about a renewal or another way.")
    if deadline.state is State.PERHAPS_PAST and deadline.possible_until:
        until = day_in_words(deadline.possible_until)
        return _(
            "The safe day has passed, but it may still be open until %(day)s."
            " Act now, and say the reasons for being late."
        ) % {"day": until}
    return _("The day has passed. You can still ask: say the reasons for being late, and speak with legal aid.")


def _end_in_words(deadline: Deadline) -> str:
    if deadline.act_at is not None:
        return _moment_in_words(deadline.act_at, deadline)
    return day_in_words(deadline.act_on) if deadline.act_on else ""


def _moment_in_words(moment: datetime, deadline: Deadline) -> str:
    there = moment.astimezone(deadline.place.clock)
    return f"{day_in_words(there.date())}, {there:%H:%M}"


def why(deadline: Deadline, anchor: str) -> tuple[str, ...]:
    """Everything that says why, a sentence each. `anchor` is the event in words ("entry")."""
    term = deadline.term
    said: list[str] = []
    if term is not None:
        said.append(
            _("%(length)s from: %(anchor)s.") % {"length": length_in_words(term.value, term.unit), "anchor": anchor}
        )
        said.append(_("Where it is written: %(article)s (%(fact)s).") % {"article": term.article, "fact": term.rule})
        said.append(confidence_in_words(term.confidence))
        said.extend(standing_in_words(term.standing))
    said.extend(_coverage_words(deadline))
    said.extend(_skipped_words(deadline))
    said.extend(_doubt_words(deadline, doubt) for doubt in deadline.doubts)
    if deadline.counting is not None and term is not None:
        rule = deadline.counting
        law = {"law": rule.law, "fact": rule.fact, "letter": rule.confidence.value}
        said.append(_("The way of counting (%(law)s, %(fact)s; confidence %(letter)s) is to be confirmed.") % law)
    elif term is not None:
        said.append(_("The way of counting in this country is to be confirmed."))
    return tuple(said)


def _skipped_words(deadline: Deadline) -> list[str]:
    if not deadline.skipped:
        return []
    spanish = (get_language() or "es").startswith("es")
    names = "; ".join(
        f"{one.spanish if spanish else one.english} ({date_format(one.day, 'DATE_FORMAT')})" for one in deadline.skipped
    )
    return [_("Not counted, as holidays of the whole country in the program's calendar: %(names)s.") % {"names": names}]


def confidence_in_words(confidence: Confidence) -> str:
    """How sure a source makes us, in one sentence."""
    return {
        Confidence.A: _("Confidence A: read in the law, or on the authority's own page."),
        Confidence.B: _("Confidence B: read on a page of the United Nations, a court or a parliament."),
        Confidence.C: _("Confidence C: read in the press, or on a page of an organisation or a law firm."),
        Confidence.D: _("Confidence D: to be confirmed. No page that was read confirms it."),
    }[confidence]


def standing_in_words(standing: Standing) -> list[str]:
    """Whether it still holds; nothing where it does."""
    words = {
        Standing.IN_FORCE_TO_CONFIRM: _(
            "Printed as current, but perhaps replaced: confirm with the authority or legal aid."
        ),
        Standing.SUPERSEDED_POSSIBLE: _(
            "A newer rule may have taken its place: confirm with the authority or legal aid."
        ),
        Standing.CLOSED: _("This way is closed today."),
        Standing.DRAFT: _("This is a draft, and was never the law."),
    }
    return [words[standing]] if standing in words else []


def _coverage_words(deadline: Deadline) -> list[str]:
    words = {
        Coverage.START_UNKNOWN: _("Not verified: no source says since when this rule holds."),
        Coverage.UNVERIFIED: _("Not verified: no source covers this date. Ask legal aid which rule held."),
    }
    return [words[deadline.coverage]] if deadline.coverage in words else []


def _doubt_words(deadline: Deadline, doubt: Doubt) -> str:
    act_on, country = deadline.act_on or deadline.today, deadline.place.country
    until = day_in_words(next_open_day(act_on, country).last)
    first, last = (date_format(day, "DATE_FORMAT") for day in (deadline.anchor.first, deadline.anchor.last))
    return {
        Doubt.INTERVAL: _(
            "The date is not exact: it lies between %(first)s and %(last)s. The earliest end is the day to act on."
        ) % {"first": first, "last": last},
        Doubt.HOUR_UNKNOWN: _("The hour is not known: counted from the beginning of that day."),
        Doubt.CLOCK_CHANGE: _("Clocks are changed in between: the earlier of the two ways of counting is used."),
        Doubt.CLOSED_DAY: _(
            "It ends on a day when offices are closed. It may run on to %(day)s (to be confirmed); do not wait for it."
        ) % {"day": until},
        Doubt.HOLIDAYS_UNKNOWN: _("Holidays not known for this country or year: only weekends were left out."),
        Doubt.TWO_VERSIONS: _("The rule changed within those days: the version that ends first is used."),
        Doubt.NOT_COVERED: _("For a part of those days no source says which rule held."),
    }[doubt]  # fmt: skip
