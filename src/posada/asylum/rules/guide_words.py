"""The words by which a guide is read aloud on a page: what a rule is about, its time, and where it is written."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.asylum.rules.deadline_words import confidence_in_words, length_in_words, standing_in_words
from posada.asylum.rules.guide import Kind, Rule
from posada.asylum.rules.part_words import EVENT_WORDS
from posada.asylum.rules.terms import Confidence, OnWhom, Standing

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.CONTACT: gettext_lazy("Who helps"),
    Kind.DEFINITION: gettext_lazy("Who may ask, and which law"),
    Kind.STEP: gettext_lazy("Steps"),
    Kind.DEADLINE: gettext_lazy("Times that run"),
    Kind.DOCUMENT: gettext_lazy("Papers"),
    Kind.RIGHT: gettext_lazy("Rights"),
    Kind.RESTRICTION: gettext_lazy("Limits"),
    Kind.RISK: gettext_lazy("Dangers"),
    Kind.OPTION: gettext_lazy("Options"),
    Kind.BODY: gettext_lazy("Authorities"),
}

CONFIDENCE_WORDS: dict[Confidence, str | Promise] = {
    Confidence.A: gettext_lazy("A: read in the law, or on the authority's own page"),
    Confidence.B: gettext_lazy("B: read on a page of the United Nations, a court or a parliament"),
    Confidence.C: gettext_lazy("C: read in the press, or on a page of an organisation or a law firm"),
    Confidence.D: gettext_lazy("D: no page that was read confirms it"),
}

STANDING_WORDS: dict[Standing, str | Promise] = {
    Standing.IN_FORCE: gettext_lazy("In force"),
    Standing.IN_FORCE_TO_CONFIRM: gettext_lazy("Printed as current, to be confirmed"),
    Standing.SUPERSEDED_POSSIBLE: gettext_lazy("Perhaps replaced"),
    Standing.CLOSED: gettext_lazy("Closed"),
    Standing.DRAFT: gettext_lazy("A draft, never the law"),
}


def time_in_words(rule: Rule) -> str:
    """The time that a rule gives, from what, and who has to act; empty for none."""
    duration = rule.duration
    if duration is None:
        return ""
    long = length_in_words(duration.value, duration.unit)
    who = _("the authority must act") if duration.on_whom is OnWhom.AUTHORITY else _("the person must act")
    if duration.paper:
        who = _("it runs out by itself")
    event = EVENT_WORDS[duration.anchor.value]
    return _("%(long)s from: %(event)s (%(who)s)") % {"long": long, "event": event, "who": who}


def validity_in_words(rule: Rule) -> str:
    """Since when and until when it held, as far as a source says."""
    if rule.valid_from and rule.valid_to:
        days = {"first": date_format(rule.valid_from), "last": date_format(rule.valid_to)}
        return _("From %(first)s to %(last)s.") % days
    if rule.valid_from:
        return _("Since %(first)s.") % {"first": date_format(rule.valid_from)}
    if rule.valid_to:
        return _("Until %(last)s; no source says since when.") % {"last": date_format(rule.valid_to)}
    if rule.not_before:
        day = date_format(rule.not_before)
        return _("Not before %(day)s; no source says the first day.") % {"day": day}
    return _("No source says since when it holds.")


def source_in_words(rule: Rule) -> str:
    """Its id and where it is written, how sure that is and whether it holds, in one line."""
    source = rule.source
    if source.dated:
        dated = _("source of %(day)s") % {"day": f"{source.dated:%Y-%m-%d}"}
    else:
        dated = _("the source gives no day; read on %(day)s") % {"day": f"{source.read:%Y-%m-%d}"}
    said = [rule.id, source.article, dated, confidence_in_words(rule.confidence), *standing_in_words(rule.state)]
    return " · ".join([*said, source.address] if source.address else said)
