"""A sheet as a text to be read aloud or recorded: short sentences, one a line, each statement with where it is from."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.asylum.rules.guide import Guide, Rule
from posada.asylum.rules.terms import Confidence, Standing

# A full stop ends a sentence where a space and a capital (or an opening sign) follow; "art. 2" does not.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«“])")


def spoken_text(guide: Guide, title: str, rules: Sequence[Rule], today: date, language: str) -> str:
    """The whole text, in the language in use."""
    lines = [
        f"{title}: {guide.name.in_language(language)}.",
        _("Posada is not a lawyer. Before you act, speak with legal aid: it is free."),
        _("As of %(day)s.") % {"day": date_format(today, "DATE_FORMAT")},
        "",
    ]
    for rule in rules:
        lines += [*_said(rule, language), ""]
    lines.append(_("This is information for everybody. It decides nothing for you: you decide."))
    return "\n".join(lines) + "\n"


def _said(rule: Rule, language: str) -> list[str]:
    text = rule.text.in_language(language)
    unverified = [_("Not verified:")] if rule.is_unverified else []
    return [
        f"{rule.title.in_language(language)}.",
        *unverified,
        *(part.strip() for part in _SENTENCE.split(text) if part.strip()),
        *standing_words(rule),
        source_words(rule),
    ]


def source_words(rule: Rule) -> str:
    """Where it is written, under which id, of which day, and how sure that is: one line."""
    dated = rule.source.dated
    said = _("[%(id)s. Where it is written: %(article)s. Source of: %(day)s. Read: %(read)s. Confidence: %(letter)s.]")
    return said % {
        "id": rule.id,
        "article": rule.source.article,
        "day": date_format(dated, "DATE_FORMAT") if dated else _("not dated"),
        "read": date_format(rule.source.read, "DATE_FORMAT"),
        "letter": rule.confidence.value,
    }


def standing_words(rule: Rule) -> list[str]:
    """What must be said of it, where it is not simply the law."""
    if rule.confidence is Confidence.D:
        return [_("No page that was read confirms this.")]
    return {
        Standing.IN_FORCE_TO_CONFIRM: [_("To be confirmed: it may have been replaced.")],
        Standing.SUPERSEDED_POSSIBLE: [_("To be confirmed: a newer rule may have taken its place.")],
        Standing.CLOSED: [_("This way is closed today.")],
        Standing.DRAFT: [_("This is a draft, and was never the law.")],
    }.get(rule.state, [])
