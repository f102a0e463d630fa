"""Handing a request to another tracing service: what the one who asks agreed to, and what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import HandOverWords, HowAgreed
from posada.family.rules.handing import FIELD_LABELS, Field, HandState, answers_to
from posada.family.rules.tracing_services import services
from posada.people.forms.fields import WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice, StackedMultiple

_WAYS = [
    (HowAgreed.SPOKEN.value, _("Spoken")),
    (HowAgreed.WRITTEN.value, _("Written")),
    (HowAgreed.MARK.value, _("A mark, with a witness")),
    (HowAgreed.BY_TELEPHONE.value, _("By telephone")),
]


def _services() -> list[tuple[str, str]]:
    return [
        (one.code, str(one.name) if one.is_verified else _("%(name)s (not verified)") % {"name": one.name})
        for one in services()
    ]


class HandOverForm(SentOnce):
    """The yes of the one who asks: to which service, and to which dangerous fields, each by its name."""

    voluntary = frozenset({"note", "language"})

    service = forms.ChoiceField(
        label=_("To which service"),
        choices=_services,
        widget=StackedChoice(),
        error_messages={"required": _("Choose the service that the one who asks agreed to.")},
    )
    agreed = forms.BooleanField(
        label=_("The one who asks said yes, was told what goes out, and that it cannot be called back"),
        error_messages={"required": _("Without their yes it stays in this house. Ask them first.")},
    )
    fields_agreed = forms.MultipleChoiceField(
        label=_("What they agreed to by name, besides the names and the sex of the sought person"),
        choices=[(one.value, words) for one, words in FIELD_LABELS.items()],
        widget=StackedMultiple(),
        required=False,
        help_text=_("Left out unless ticked. Tick only what the other service cannot do without."),
    )
    how = forms.ChoiceField(
        label=_("How they said it"), choices=_WAYS, initial=HowAgreed.SPOKEN.value, widget=SegmentedChoice()
    )
    language = WordsField(label=_("In which language"))
    witness = WordsField(
        label=_("Witness"),
        help_text=_("Never a child or a relative"),
        required=True,
        error_messages={"required": _("Write who was by when they said it: a member of staff is enough.")},
    )
    note = WordsField(label=_("Note"), lines=True)

    def words(self) -> HandOverWords:
        """What is sealed."""
        held = self.cleaned_data
        return HandOverWords(
            to=held["service"],
            fields=tuple(Field(one) for one in held["fields_agreed"]),
            how=HowAgreed(held["how"]),
            language=held["language"],
            witness=held["witness"],
            note=held["note"],
        )


class AnswerForm(SentOnce):
    """What the other service answered."""

    state = forms.ChoiceField(
        label=_("What came of it"),
        widget=StackedChoice(),
        error_messages={"required": _("Choose what the other service answered.")},
    )
    reference = WordsField(label=_("Their number for it"))
    note = WordsField(label=_("Note"), lines=True)

    def __init__(self, *args: Any, state: HandState, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["state"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(one.value, one.label) for one in answers_to(state)]

    @property
    def answered(self) -> HandState:
        """The state that was chosen."""
        return HandState(self.cleaned_data["state"])
