"""Tags for pages: `{% load ui %}`, then icon, badge, act, error_summary, problem_target."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from posada.ui.parts import Act, Badge
from posada.ui.pictures.marks import MARKS, mark

register = template.Library()

_BADGE_MARKS = {"good": "check", "wait": "clock", "danger": "warning", "note": "info", "neutral": ""}


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary: where to go, what the field is called, what is wrong."""

    target: str
    label: str
    message: str


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A small mark. Silent for screen readers unless it is given a `label`."""
    return mark(name if name in MARKS else "dot", label)


@register.simple_tag
def badge(kind: str | Badge, text: str = "") -> SafeString:
    """A badge: `{% badge "wait" "no bed" %}`, or `{% badge card.badge %}`.

    Each kind has a mark of its own, so that it never speaks by colour alone.
    """
    look, words = (kind.kind, kind.text) if isinstance(kind, Badge) else (kind, text)
    sign = _BADGE_MARKS.get(look, "")
    return format_html(
        '<span class="badge badge--{}">{}<span>{}</span></span>',
        look if look in _BADGE_MARKS else "neutral",
        mark(sign) if sign else "",
        words,
    )


@register.inclusion_tag("ui/parts/act.html", takes_context=True)
def act(context: template.Context, press: Act) -> dict[str, Any]:
    """One press: a link, or a form of one button when it changes something."""
    return {"act": press, "csrf_token": context.get("csrf_token", "")}


def problem_target(field: BoundField) -> str:
    """The id of the element to which a summary's link goes: the control, or the first of a group."""
    group = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if group else field.id_for_label


def problems_of(form: BaseForm) -> list[Problem]:
    """All that is wrong with a form, in the order in which it is read."""
    found = [Problem("", "", str(message)) for message in form.non_field_errors()]
    for field in form:
        for message in field.errors:
            if field.is_hidden:
                found.append(Problem("", "", str(message)))
            else:
                found.append(Problem(problem_target(field), str(field.label), str(message)))
    return found


@register.inclusion_tag("ui/forms/summary.html")
def error_summary(*forms: BaseForm) -> dict[str, list[Problem]]:
    """What is wrong with these forms, on top of the page, each line a link to its field; nothing when all is
    well."""
    return {"problems": [problem for form in forms if form.is_bound for problem in problems_of(form)]}
