"""The form at the desk."""

from enum import StrEnum
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.people.forms.fields import NumberField
from posada.people.forms.identity import IdentityForm
from posada.people.rules import ANSWER_WORDS, RELATION_WORDS
from posada.people.rules.contents import Answer, Consent, ConsentPurpose, HouseholdRelation
from posada.ui.forms import SegmentedChoice


class Company(StrEnum):
    """With whom somebody comes."""

    ALONE = "alone"
    FIRST = "first"
    LAST = "last"
    MEMBER = "member"


_COMPANY_WORDS = {
    Company.ALONE: _("Alone"),
    Company.FIRST: _("With a household"),
    Company.LAST: _("With the last one"),
    Company.MEMBER: _("With somebody here"),
}
_RELATIONS = [
    (relation.value, words) for relation, words in RELATION_WORDS.items() if relation is not HouseholdRelation.HEAD
]
_ANSWERS = [
    (Answer.NOT_ASKED.value, _("In private, within 48 h")),
    (Answer.YES.value, ANSWER_WORDS[Answer.YES]),
    (Answer.NO.value, ANSWER_WORDS[Answer.NO]),
]


def _consent_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=_ANSWERS, widget=SegmentedChoice(), required=False, initial=Answer.NOT_ASKED.value
    )


class RegisterForm(IdentityForm):
    """The short form: a name or call-name, sex, age, with whom. All else is folded, for later.

    Only a name or a description is required. `once` is the form's own key.
    """

    rarely_used = (
        *("origin", "mother", "father", "other_names", "nationalities", "languages", "phone"),
        *("arrived_on", "arrival_place", "description", "be_found", "share_with_tracing", "referral"),
    )

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    company = forms.ChoiceField(
        label=_("Comes with"),
        widget=SegmentedChoice(keys={one.value: str(key) for key, one in enumerate(Company, start=1)}),
        required=False,
        initial=Company.ALONE.value,
    )
    member = NumberField(label=_("Number of somebody of the household"), help_text=_("It stands on their card"))
    relation_to = forms.ChoiceField(
        label=_("In the household"),
        help_text=_("To the one who speaks for it"),
        choices=[("", _("Not said")), *_RELATIONS],
        required=False,
    )
    be_found = _consent_field(_("May relatives who ask learn that this person is alive?"))
    share_with_tracing = _consent_field(_("May the details be compared with lists of other organisations?"))
    referral = _consent_field(_("May needs be told to an organisation that can help?"))

    def __init__(self, *args: Any, has_last: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["given_names"].widget.attrs["data-focus"] = True
        offered = [(one.value, words) for one, words in _COMPANY_WORDS.items() if has_last or one is not Company.LAST]
        cast("forms.ChoiceField", self.fields["company"]).choices = offered

    def clean(self) -> dict[str, Any]:
        """With somebody here: then with whom."""
        cleaned = super().clean()
        if cleaned.get("company") == Company.MEMBER and not cleaned.get("member") and "member" not in self.errors:
            self.add_error(
                "member",
                ValidationError(
                    gettext("Write the number of somebody of this household; it stands on their card."),
                    code="no_member",
                ),
            )
        return cleaned

    @property
    def has_more(self) -> bool:
        """Whether something of the folded part was written, or is wrong: then it stands open."""
        said = {self[name].value() for name in self.rarely_used if name != "arrived_on"}
        return bool(said - {None, "", Answer.NOT_ASKED.value}) or any(name in self.errors for name in self.rarely_used)

    @property
    def company_chosen(self) -> Company:
        """With whom the person comes; alone if nothing was said."""
        return Company(self.cleaned_data.get("company") or Company.ALONE)

    def relation(self) -> HouseholdRelation:
        """What the person is to the one who speaks for the household."""
        if self.company_chosen in {Company.ALONE, Company.FIRST}:
            return HouseholdRelation.HEAD
        return HouseholdRelation(self.cleaned_data.get("relation_to") or HouseholdRelation.OTHER)

    def consents(self) -> tuple[Consent, ...]:
        """The answers that were given aloud just now; what was not asked is left to be asked in private."""
        rows = []
        for purpose in ConsentPurpose:
            answer = Answer(self.cleaned_data.get(purpose.value) or Answer.NOT_ASKED)
            if answer is not Answer.NOT_ASKED:
                rows.append(Consent(purpose, answer, on=clock.today(), how="spoken"))
        return tuple(rows)
