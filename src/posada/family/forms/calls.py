"""What is typed at the calls board: a tag, a number, an hour; a paper ticket; the first call home."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.accounts.permissions import Actor
from posada.family.forms.sending import SentOnce
from posada.family.models import HousePhone, Relative, ThingKind, WatchCard
from posada.family.queries import calls
from posada.family.rules.calling import Why, words
from posada.family.rules.kinship import RELATION_CHOICES, RELATION_LABELS, Relation
from posada.family.rules.slots import quarter_of
from posada.family.services.first_call import HEARD, NOBODY_CALLED, FirstCall, Outcome
from posada.family.services.phones import MOST_TICKETS, Hindrance, NotToLend
from posada.family.services.slots import BusyThen, NoSlot, NotNow, SlotPast, SlotTaken, SlotTooFar
from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.shelter.forms import PersonNumberForm
from posada.ui.forms import SegmentedChoice, StackedChoice

MOST_TAGS = 9999
THING_LABELS = {
    ThingKind.PHONE: _("Phone"),
    ThingKind.CHARGER: _("Charger"),
    ThingKind.HEADSET: _("Headset"),
}
OUTCOME_LABELS = {
    Outcome.WELL: _("We heard them: they are well"),
    Outcome.WORRIED: _("We heard them: they are worried"),
    Outcome.IN_DANGER: _("We heard them: they are in danger"),
    Outcome.NO_ANSWER: _("It rang and nobody answered"),
    Outcome.NOT_REACHED: _("The call did not go through"),
    Outcome.NOT_WANTED: _("Does not want to call now. That is fine"),
}
_AGREED = [("", _("Nothing agreed")), ("24", _("Every day")), ("48", _("Every two days")), ("168", _("Every week"))]
_SHORT = {"inputmode": "numeric", "class": "input--short"}


def named(thing: HousePhone) -> str:
    """Such as 'Phone 3'."""
    return f"{THING_LABELS[ThingKind(thing.kind)]} {thing.tag}"


def hindrance_words(error: NotToLend) -> str:
    """Why a thing is not lent, and what to do."""
    sentences = {
        Hindrance.OUT: _("Somebody has it. Take another tag, or note first that it came back."),
        Hindrance.TO_CLEAR: _("It waits to be cleared: erase the last number, note it, then lend it."),
        Hindrance.BROKEN: _("It is broken. Take another tag."),
        Hindrance.LOST: _("It is written down as lost. If it is here again, tell the site manager."),
        Hindrance.AWAY: _("It is out of use. Take another tag."),
        Hindrance.NO_PHONE: _("This tag is no phone. Calls are made with a phone: take its tag."),
    }
    return str(sentences[error.why])


def not_now_words(error: NotNow, *, to_reader: bool) -> str:
    """Why nobody calls then. Whoever may not read the card learns no more than that."""
    if not to_reader and error.reach.why is not Why.FROZEN:
        return gettext("This relative is not called then. Ask whoever accompanies the resident.")
    return words(error.reach, now=clock.now(), zone=clock.house_zone())


def slot_fault(error: NoSlot | NotToLend, *, to_reader: bool) -> tuple[str, str]:
    """The field at which a slot failed, and the sentence for it."""
    if isinstance(error, NotToLend):
        return "tag", hindrance_words(error)
    if isinstance(error, NotNow):
        return "hour", not_now_words(error, to_reader=to_reader)
    field, sentence = _FAULTS[type(error)]
    return field, str(sentence)


_FAULTS: dict[type[NoSlot], tuple[str, Any]] = {
    SlotTaken: ("hour", _("Somebody has this phone at this hour. Take another hour or another phone.")),
    BusyThen: ("hour", _("This resident has another phone at this hour. Take another hour.")),
    SlotPast: ("hour", _("This hour is over. Take one that comes.")),
    SlotTooFar: ("day", _("Slots are given for the next month only. Take an earlier day.")),
}


class TagField(forms.IntegerField):
    """The number on a tag."""

    def __init__(self, **options: Any) -> None:
        wrong = _("A tag has only digits. Read it again.")
        said = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        said["required"] = _("Write the number on the tag.")
        widget = forms.TextInput(attrs={**_SHORT, "autocomplete": "off"})
        own = {"min_value": 1, "max_value": MOST_TAGS, "widget": widget, "error_messages": said}
        super().__init__(**{**own, **options})


class _WithTag(PersonNumberForm):
    """A tag of the house and a resident's number."""

    tag = TagField(label=_("Tag"))

    def clean_tag(self) -> HousePhone:
        """The thing with the tag."""
        found = calls.thing_by_tag(self.actor, self.cleaned_data["tag"])
        if found is None:
            raise ValidationError(gettext("Nothing in this house has this tag. Read it again."), code="unknown_tag")
        return found


class LendForm(_WithTag):
    """Lend a thing to a number."""

    field_order = ("tag", "number")


class ChargeForm(PersonNumberForm):
    """A resident's own phone is handed in."""

    ticket = TagField(
        label=_("Paper ticket"), required=False, max_value=MOST_TICKETS, help_text=_("Empty: the next free one")
    )


class CollectForm(PersonNumberForm):
    """A resident collects their phone."""

    ticket = TagField(label=_("Paper ticket"), max_value=MOST_TICKETS)
    field_order = ("ticket", "number")


class WhenForm(forms.Form):
    """A day and an hour, to the quarter."""

    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input--short"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a day such as 26/2/2019.")},
    )
    hour = forms.TimeField(
        label=_("Hour"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": "900", "class": "input--short"}),
        help_text=_("To the quarter, such as 19:15"),
        error_messages={"required": _("Choose an hour."), "invalid": _("Write an hour such as 19:15.")},
    )

    def clean_hour(self) -> int:
        """The quarter of the day."""
        hour: time = self.cleaned_data["hour"]
        quarter = quarter_of(hour)
        if quarter is None:
            message = gettext("Slots begin at the full quarter: 19:00, 19:15, 19:30, 19:45.")
            raise ValidationError(message, code="quarter")
        return quarter


class SlotForm(WhenForm, _WithTag):
    """Give a slot to a number."""

    field_order = ("number", "tag", "day", "hour")


class OwnSlotForm(WhenForm, SentOnce):
    """Give a slot to the resident whose page it is, for one of their cards or for a call of their own."""

    tag = forms.TypedChoiceField(
        label=_("Phone"),
        coerce=int,
        error_messages={"required": _("Choose a phone."), "invalid_choice": _("Choose one of the phones shown.")},
    )
    card = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        help_text=_("For a relative of their cards the safe hours are looked at. Only you see for whom it is"),
        error_messages={"invalid_choice": _("Choose one of the cards shown.")},
    )
    field_order = ("card", "day", "hour", "tag")

    def __init__(
        self,
        phones: Sequence[HousePhone],
        cards: Sequence[tuple[WatchCard, Relative]],
        data: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.things = {thing.tag: thing for thing in phones}
        self.cards = {str(row.pk): row for row, _content in cards}
        tag, card = self.fields["tag"], self.fields["card"]
        if isinstance(tag, forms.ChoiceField) and isinstance(card, forms.ChoiceField):
            tag.choices = [(number, number) for number in self.things]
            card.choices = [("", gettext("A call of their own")), *((str(row.pk), _title(said)) for row, said in cards)]
        if not cards:
            del self.fields["card"]

    @property
    def thing(self) -> HousePhone:
        """The phone that was chosen."""
        return self.things[self.cleaned_data["tag"]]

    @property
    def watch_card(self) -> WatchCard | None:
        """The card that was chosen, if one was."""
        return self.cards.get(self.cleaned_data.get("card") or "")


def _title(said: Relative) -> str:
    return f"{RELATION_LABELS[said.relation]} {said.who}"


class ThingForm(SentOnce):
    """A new tag."""

    tag = TagField(label=_("Tag"), help_text=_("A number on a sticker; never its telephone number"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(one.value, label) for one, label in THING_LABELS.items()],
        initial=ThingKind.PHONE.value,
        widget=SegmentedChoice(),
    )


class FirstCallForm(SentOnce):
    """The first call home, step by step. What was not done need not be filled in."""

    voluntary = frozenset({"words", "interval_hours"})

    outcome = forms.ChoiceField(
        label=_("How it went"),
        choices=[(one.value, label) for one, label in OUTCOME_LABELS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose how it went. “Does not want to call” is an answer, too.")},
    )
    tag = TagField(
        label=_("Phone of the house"),
        required=False,
        help_text=_("The number on its tag; empty for a phone of their own"),
    )
    number = forms.ChoiceField(
        label=_("The caller's number"),
        choices=[("shown", _("Shown")), ("hidden", _("Hidden"))],
        required=False,
        widget=SegmentedChoice(),
    )
    who = WordsField(label=_("Who was called"), help_text=_("Initials are enough"))
    relation = forms.ChoiceField(
        label=_("What this relative is to the resident"), choices=RELATION_CHOICES, required=False
    )
    interval_hours = forms.TypedChoiceField(
        label=_("How often they will speak"), choices=_AGREED, coerce=int, empty_value=None, required=False
    )
    words = WordsField(label=_("In a few words"), help_text=_("Such as: goes out to work"))
    told = forms.BooleanField(label=_("They were told: we never ask for money"), required=False)
    cleared = forms.BooleanField(label=_("The last number was erased from the phone"), required=False)

    def __init__(self, actor: Actor, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.actor = actor

    def clean_tag(self) -> HousePhone | None:
        """The phone that was used."""
        tag = self.cleaned_data.get("tag")
        if tag is None:
            return None
        found = calls.thing_by_tag(self.actor, tag)
        if found is None:
            raise ValidationError(gettext("Nothing in this house has this tag. Read it again."), code="unknown_tag")
        return found

    def clean(self) -> dict[str, Any]:
        """Whoever was called has at least initials."""
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if not outcome or outcome in NOBODY_CALLED:
            return cleaned
        if not cleaned.get("who") and "who" not in self.errors:
            self.add_error("who", ValidationError(gettext("Write initials, or what she or he is called."), code="who"))
        if not cleaned.get("relation") and "relation" not in self.errors:
            message = gettext("Choose what they are to each other; there is one for every case.")
            self.add_error("relation", ValidationError(message, code="relation"))
        return cleaned

    @property
    def was_not_told(self) -> bool:
        """Whether somebody was heard and nobody told them that no money is asked for."""
        return self.cleaned_data["outcome"] in HEARD and not self.cleaned_data["told"]

    def first_call(self) -> FirstCall:
        """What is written down."""
        held = self.cleaned_data
        return FirstCall(
            outcome=Outcome(held["outcome"]),
            who=held["who"],
            relation=Relation(held["relation"] or Relation.OTHER),
            thing=held["tag"],
            hidden={"shown": False, "hidden": True}.get(held["number"]),
            cleared=held["cleared"],
            interval_hours=held["interval_hours"],
            words=held["words"],
        )


def in_the_next_quarter() -> tuple[date, time]:
    """Where a form of slots begins: the quarter that comes next."""
    now = clock.now().astimezone(clock.house_zone())
    ahead = now + timedelta(minutes=15 - now.minute % 15)
    return ahead.date(), time(ahead.hour, ahead.minute)
