"""Statements of a guide on paper: each with its id, article, source's day, confidence, and whether it is confirmed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.papers.blocks import Block, Heading, NewPage, Said, Words, both, joined, same
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.deadline_words import confidence_in_words, standing_in_words
from posada.asylum.rules.guide import Guide, Rule, Text
from posada.asylum.rules.guide_faults import is_old

NOT_A_LAWYER: Final = _(
    "Posada is not a lawyer. This paper repeats what the guide says and from where. Before you sign or hand in"
    " anything, speak with legal aid. You can ask for it even if a day has passed."
)


def source_of(rule: Rule, today: date) -> Text:
    """Where a statement is written, in one line."""
    source = rule.source
    if source.dated is not None:
        since = both(_("source of %(day)s"), day=_plain(source.dated))
    else:
        since = both(_("the source gives no day; read on %(day)s"), day=_plain(source.read))
    old = both(_("OLDER THAN TWELVE MONTHS: look again")) if is_old(rule, today) else None
    standing = both(lambda: " ".join(standing_in_words(rule.state)))
    confidence = both(lambda: confidence_in_words(rule.confidence))
    return joined(same(rule.id), same(source.article), since, old, confidence, standing)


def short_source(rule: Rule) -> Text:
    """The same in few words, for what is handed in: article, id, the source's day, the letter of confidence."""
    source = rule.source
    since = _plain(source.dated or source.read)
    words = _("%(article)s (%(fact)s, source %(day)s, confidence %(letter)s)")
    return both(words, article=source.article, fact=rule.id, day=since, letter=rule.confidence.value)


def _plain(on: date) -> Text:
    return same(f"{on:%Y-%m-%d}")


def said(rule: Rule, today: date, *, is_late: bool = False) -> Said:
    """A statement as it stands on a paper; with what to do when its day has passed, where it gives that."""
    mark = None
    if rule.is_unverified:
        mark = both(_("NOT VERIFIED"))
    elif rule.is_to_confirm:
        mark = both(_("TO BE CONFIRMED"))
    more = (rule.late,) if is_late and rule.late is not None else ()
    return Said(rule.title, rule.text, source_of(rule, today), mark, more)


def holding(guide: Guide | None, begin: Sequence[str], today: date) -> list[Rule]:
    """The statements whose ids go on like this after the country, as they can hold today; nothing that was replaced."""
    if guide is None:
        return []
    found = (rule for rule in guide.rule if rule.id.partition("-")[2].startswith(tuple(begin)))
    return [rule for rule in found if rule.holds_on(today) and not rule.superseded_by]


def not_handed_in(guide: Guide | None, rules: Iterable[Rule], today: date, *, late: frozenset[str]) -> list[Block]:
    """The last page of a paper that goes to an authority: what the guide says, and who helps."""
    found: list[Block] = [NewPage(both(_("For you: this page is not handed in")))]
    return [*found, *advice(guide, rules, today, late=late)]


def advice(
    guide: Guide | None, rules: Iterable[Rule], today: date, *, late: frozenset[str] = frozenset()
) -> list[Block]:
    """Statements, who helps with the law, and that this program is no lawyer."""
    found: list[Block] = [Words(both(NOT_A_LAWYER), strong=True)]
    if guide is None:
        found.append(Words(both(NO_GUIDE)))
    shown = dict.fromkeys(rule.id for rule in rules)
    found += [said(rule, today, is_late=rule.id in late) for rule in _these(guide, shown)]
    aid = legal_aid(guide)
    found.append(Heading(both(_("Legal aid"))))
    if not aid:
        found.append(Words(both(_("The guide names nobody. Ask UNHCR or the ombudsman's office who helps for free."))))
    return [*found, *(said(rule, today) for rule in aid)]


def _these(guide: Guide | None, ids: Iterable[str]) -> list[Rule]:
    found = (guide.find(one) for one in ids) if guide else ()
    return [rule for rule in found if rule is not None]


NO_GUIDE: Final = _(
    "There is no guide of this country here: nothing about its law is said, and nothing is guessed. Ask legal aid."
)
