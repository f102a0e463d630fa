"""Statements of a guide on a page: always with id, article, source, confidence and how far it is confirmed."""

from django import template
from django.utils.translation import get_language

from posada.asylum.rules.deadline_words import confidence_in_words, standing_in_words
from posada.asylum.rules.guide import Rule, Text
from posada.asylum.rules.guide_faults import is_old
from posada.ground import clock

register = template.Library()


@register.filter
def in_language(text: Text | None) -> str:
    """A text of a guide in the language in use; empty for none."""
    return text.in_language(get_language() or "es") if text else ""


@register.filter
def confidence(rule: Rule) -> str:
    """How sure its source makes us, with the letter, in a sentence."""
    return confidence_in_words(rule.confidence)


@register.filter
def standing(rule: Rule) -> str:
    """Whether it still holds; empty where it does."""
    return " ".join(standing_in_words(rule.state))


@register.filter
def is_of_long_ago(rule: Rule) -> bool:
    """Whether its source is older than twelve months today."""
    return is_old(rule, clock.today())
