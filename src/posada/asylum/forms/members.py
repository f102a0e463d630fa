"""Who stands in a case, in which part; and a step that was done."""

import uuid
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.accounts.permissions import Actor
from posada.asylum.forms.parts import ItemForm, PartForm, ToldField, chosen
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import CaseFile, CaseMember, Part, StepDone
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.guide import Rule
from posada.asylum.rules.known import Known
from posada.people import services as people
from posada.people.forms.fields import DayField, NumberField, WordsField, day_as_typed, told_as_typed
from posada.people.models import Person
from posada.ui.forms import StackedChoice

_OTHERS = (Part.INCLUDED, Part.OWN_CLAIM, Part.TO_DECIDE)


class MemberForm(ItemForm):
    """Somebody's part in a case. Whose case it is asks for themselves; everybody else is one of the other three."""

    voluntary = frozenset({"why"})

    number = NumberField(
        label=_("Number of the person"), help_text=_("As it stands on their card. They must be registered here.")
    )
    part = forms.ChoiceField(
        label=_("Their part"),
        choices=[(one.value, part_words.PART_WORDS[one]) for one in _OTHERS],
        widget=StackedChoice(),
        **chosen(_("Choose their part. If nobody knows yet, it is still to be decided.")),
    )
    why = WordsField(
        label=_("Why"),
        help_text=_("How they belong together, and what the guide says of it."),
        lines=True,
    )
    told_alone = DayField(
        label=_("They were told, alone, that they may ask for themselves, on"),
        help_text=_("Alone: nobody of the household in the room. Empty if not yet."),
    )

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """Their part as it was written."""
        if self.item is None:
            return {}
        told = self.item.told_alone
        return {"part": self.item.part.value, "why": self.item.why, "told_alone": day_as_typed(told) if told else ""}

    def prepare(self, **more: Any) -> None:
        """Whose case it is (`main`) keeps their part; who is in it already keeps their number."""
        self.actor: Actor = more["actor"]
        main: uuid.UUID = more["main"]
        self.person: Person | None = None
        if self.item is not None:
            del self.fields["number"]
            if self.item.person == main:
                del self.fields["part"]
        else:
            self.fields["number"].required = True
            self.fields["number"].error_messages["required"] = gettext("Write the number on their card.")

    def clean_number(self) -> int:
        """Somebody of this house who is not in the case yet."""
        number: int = self.cleaned_data["number"]
        try:
            self.person = people.look_for_number(self.actor, number)
        except Person.DoesNotExist as error:
            words = gettext("Nobody in this house has this number. Look at the card again, or register them first.")
            raise ValidationError(words, code="nobody") from error
        if self.file.member(self.person.pk) is not None:
            raise ValidationError(gettext("They stand in this case already: change their part there."), code="twice")
        return number

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with them."""
        held = self.cleaned_data
        if self.item is None:
            if self.person is None:
                return file
            made = CaseMember(
                person=self.person.pk, part=Part(held["part"]), why=held["why"], told_alone=held["told_alone"]
            )
            return msgspec.structs.replace(file, members=(*file.members, made))
        part = Part(held["part"]) if "part" in held else self.item.part
        changed = CaseMember(person=self.item.person, part=part, why=held["why"], told_alone=held["told_alone"])
        members = tuple(changed if one.person == self.item.person else one for one in file.members)
        return msgspec.structs.replace(file, members=members)

    def field_at(self, event: str, where: str) -> str | None:
        """No date of the case stands here."""
        return None


class StepForm(PartForm):
    """On which day a step of the guide was done; nothing means that it was not."""

    on = ToldField(label=_("Done on"), required=True)

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """The day as it was typed."""
        rule: Rule = more["rule"]
        done = next((one for one in file.steps if one.rule == rule.id), None)
        return {"on": told_as_typed(done.on)} if done else {}

    def prepare(self, **more: Any) -> None:
        """Which rule it is."""
        self.rule: Rule = more["rule"]
        self.actor: Actor = more["actor"]

    def clean_on(self) -> str:
        """Not before the event from which its time runs."""
        on: str = self.cleaned_data["on"]
        begins = self.file.dated(self.rule.duration.anchor.value) if self.rule.duration else None
        if begins is not None and Known.read(on).last < begins.known.first:
            words = gettext(
                "This is before what it follows: %(event)s, %(date)s. One of the two dates is wrong. Correct it; "
                "if one is not certain, write only its month or year."
            )
            event = part_words.EVENT_WORDS.get(begins.event, begins.event)
            raise ValidationError(words % {"event": event, "date": told_in_words(begins.on)}, code="order")
        return on

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with this step done."""
        done = StepDone(rule=self.rule.id, on=self.cleaned_data["on"], by=self.actor.user)
        others = tuple(one for one in file.steps if one.rule != self.rule.id)
        return msgspec.structs.replace(file, steps=(*others, done))

    def field_at(self, event: str, where: str) -> str | None:
        """Said by `clean_on`."""
        return None
