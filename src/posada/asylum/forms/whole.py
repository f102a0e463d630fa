"""The parts of a case that are one page each: nationality, dates, papers, and what is done so that somebody is safe."""

from typing import Any, Final

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.forms.parts import AheadField, HourField, PartForm, ToldField, chosen
from posada.asylum.queries.parts import asked_events, asked_papers, state_steps
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import (
    NATIONALITY,
    CaseFile,
    CasePaper,
    Dated,
    Manner,
    PaperState,
    Stands,
    Tie,
)
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Anchor, Guide, Rule
from posada.asylum.rules.offers import Measure, Safety, StateStep, StepStands
from posada.people.forms.fields import DayField, WordsField, day_as_typed, told_as_typed
from posada.ui.forms import PlainText, SegmentedChoice, StackedMultiple

# Nationalities by the code that a guide knows them by; any other is written as its code.
COUNTRY_WORDS: Final = {
    "VE": _("Venezuela"),
    "CO": _("Colombia"),
    "EC": _("Ecuador"),
    "PE": _("Peru"),
    "CL": _("Chile"),
    "BR": _("Brazil"),
    "ES": _("Spain"),
    "PT": _("Portugal"),
    "IT": _("Italy"),
    "CU": _("Cuba"),
    "HT": _("Haiti"),
    "US": _("United States"),
}
_ANSWER: Final = _("Choose one of the answers shown.")


def _about_country(words: Any, guide: Guide | None, code: str) -> str:
    name = guide.name.in_language(get_language() or "es") if guide else code
    return str(words) % {"country": name} if "%(country)s" in str(words) else str(words)


class NationalityForm(PartForm):
    """Whose national somebody is or may be: asked first of all, each answer voluntary."""

    nationalities = forms.MultipleChoiceField(
        label=_("Nationalities, as far as they are known"),
        choices=list(COUNTRY_WORDS.items()),
        widget=StackedMultiple(),
        required=False,
        error_messages={"invalid_choice": _ANSWER},
    )
    others = forms.CharField(
        label=_("Others, by the two letters of the country"),
        help_text=_("AR for Argentina; several with a comma between. Empty if there is none."),
        required=False,
        max_length=60,
        widget=PlainText({"class": "input--short"}),
        error_messages={"max_length": _("Write two letters for each country, with a comma between.")},
    )

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """What was said before."""
        held: dict[str, Any] = {
            "nationalities": [one for one in file.nationalities if one in COUNTRY_WORDS],
            "others": ", ".join(one for one in file.nationalities if one not in COUNTRY_WORDS),
        }
        for tie in file.ties:
            name = tie.about.value
            held |= {f"{name}_stands": tie.stands.value, f"{name}_known": tie.known, f"{name}_verify": tie.to_verify}
        return held

    def prepare(self, *, country: str = "", **more: Any) -> None:
        """Three fields for each question."""
        for fact in NATIONALITY:
            name = fact.value
            self.fields[f"{name}_stands"] = forms.ChoiceField(
                label=_about_country(part_words.TIE_WORDS[fact], self.guide, country),
                choices=[(one.value, label) for one, label in part_words.STANDS_WORDS.items()],
                initial=Stands.NOT_ASKED.value,
                required=False,
                widget=SegmentedChoice(),
                **chosen(_ANSWER),
            )
            self.fields[f"{name}_known"] = WordsField(label=_("What is known"), lines=True)
            self.fields[f"{name}_verify"] = WordsField(label=_("What is to be verified, and where"), lines=True)
        self.voluntary = frozenset({f"{fact.value}_stands" for fact in NATIONALITY} | {"nationalities"})

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The fields of each question together, for the page."""
        return [
            {part: self[f"{fact.value}_{part}"] for part in ("stands", "known", "verify")} | {"fact": fact}
            for fact in NATIONALITY
        ]

    def clean_others(self) -> tuple[str, ...]:
        """Codes of two letters."""
        codes = [part.strip().upper() for part in self.cleaned_data["others"].split(",") if part.strip()]
        if any(len(code) != 2 or not (code.isascii() and code.isalpha()) for code in codes):
            raise ValidationError(gettext("Write two letters for each country, with a comma between."), code="code")
        return tuple(codes)

    def clean(self) -> dict[str, Any]:
        """Who writes "perhaps" says what is to be verified, or nobody will."""
        data = super().clean() or self.cleaned_data
        for fact in NATIONALITY:
            open_yet = data.get(f"{fact.value}_stands") == Stands.PERHAPS.value
            if open_yet and not data.get(f"{fact.value}_verify") and f"{fact.value}_verify" not in self.errors:
                self.add_error(f"{fact.value}_verify", gettext("Write what has to be verified, and where."))
        return data

    def _tie(self, fact: Fact) -> Tie:
        held, name = self.cleaned_data, fact.value
        stands = Stands(held[f"{name}_stands"] or Stands.NOT_ASKED)
        return Tie(about=fact, stands=stands, known=held[f"{name}_known"], to_verify=held[f"{name}_verify"])

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with these answers; what was not asked and says nothing is not kept."""
        ties = [self._tie(fact) for fact in NATIONALITY]
        kept = tuple(tie for tie in ties if tie != Tie(about=tie.about))
        codes = dict.fromkeys((*self.cleaned_data["nationalities"], *self.cleaned_data["others"]))
        return msgspec.structs.replace(file, nationalities=tuple(codes), ties=kept)

    def field_at(self, event: str, where: str) -> str | None:
        """No date stands here."""
        return None


class DatesForm(PartForm):
    """How somebody came in, and when each thing happened, as precisely as it is known."""

    entry_place = WordsField(label=_("Where they came in"))
    entry_manner = forms.ChoiceField(
        label=_("How they came in"),
        help_text=_("Either way they can ask. Nobody is told."),
        choices=[(one.value, label) for one, label in part_words.MANNER_WORDS.items()],
        widget=SegmentedChoice(),
        required=False,
        **chosen(_ANSWER),
    )
    voluntary = frozenset({"entry_place", "entry_manner"})

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """The dates as they were typed."""
        held: dict[str, Any] = {"entry_place": file.entry_place, "entry_manner": file.entry_manner.value}
        for one in file.dates:
            held |= {one.event: told_as_typed(one.on), f"{one.event}_about": one.about, f"{one.event}_hour": one.hour}
        return held

    def prepare(self, **more: Any) -> None:
        """A date for each event of which the guide counts a time, and the few that are always asked."""
        self.events = asked_events(self.guide, self.file)
        for event, by_hour in self.events:
            self.fields[event] = ToldField(label=part_words.EVENT_WORDS[event])
            self.fields[f"{event}_about"] = forms.BooleanField(
                label=_("This date is about right, not certain"), required=False
            )
            if by_hour:
                self.fields[f"{event}_hour"] = HourField(
                    label=_("Hour there"), help_text=_("This time is counted in hours. Empty if nobody knows.")
                )

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each event together, for the page; the entry's stand apart."""
        return [self._row(event, by_hour=by_hour) for event, by_hour in self.events if event != Anchor.ENTRY.value]

    @property
    def rows_written(self) -> list[list[Any]]:
        """The rows in which something stands, or is wrong: open on the page."""
        return [row for row in self.rows if any(field.value() or field.errors for field in row)]

    @property
    def rows_empty(self) -> list[list[Any]]:
        """The rows in which nothing stands yet: each folded behind its name."""
        return [row for row in self.rows if not any(field.value() or field.errors for field in row)]

    @property
    def entry_fields(self) -> list[Any]:
        """The fields of the entry. (A template would take `entry` for the field of that name.)"""
        return self._row(Anchor.ENTRY.value, by_hour=False)

    def _row(self, event: str, *, by_hour: bool) -> list[Any]:
        return [self[event], self[f"{event}_about"], *([self[f"{event}_hour"]] if by_hour else [])]

    def clean(self) -> dict[str, Any]:
        """An hour belongs to a whole day that is certain."""
        data = super().clean() or self.cleaned_data
        for event, by_hour in self.events:
            exact = len(data.get(event) or "") == len("2026-03-14") and not data.get(f"{event}_about")
            if by_hour and data.get(f"{event}_hour") and not exact and event not in self.errors:
                message = gettext("An hour needs a whole day that is certain. Write the day, or leave the hour empty.")
                self.add_error(f"{event}_hour", message)
        return data

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with these dates; those of events that are not asked here stay as they are."""
        held, asked = self.cleaned_data, {event for event, _by_hour in self.events}
        dates = [
            Dated(event=event, on=held[event], about=held[f"{event}_about"], hour=held.get(f"{event}_hour", ""))
            for event, _by_hour in self.events
            if held[event]
        ]
        kept = (*dates, *(one for one in file.dates if one.event not in asked))
        manner = Manner(held["entry_manner"] or Manner.NOT_SAID)
        return msgspec.structs.replace(file, dates=kept, entry_place=held["entry_place"], entry_manner=manner)

    def field_at(self, event: str, where: str) -> str | None:
        """The event's own field."""
        return event if not where and event in self.fields else None


class DocumentsForm(PartForm):
    """How each thing stands that the guide lists for a claim. Nothing missing stops anybody."""

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """How each stood."""
        return {one.line: one.state.value for one in file.papers}

    def prepare(self, **more: Any) -> None:
        """One choice for each line of the guide."""
        self.lines = asked_papers(self.guide)
        for _rule, line in self.lines:
            self.fields[line.id] = forms.ChoiceField(
                label=line.title.in_language(get_language() or "es"),
                help_text=line.note.in_language(get_language() or "es") if line.note else "",
                choices=[(one.value, label) for one, (label, _look) in part_words.PAPER_WORDS.items()],
                initial=PaperState.NOT_ASKED.value,
                required=False,
                widget=SegmentedChoice(),
                **chosen(_ANSWER),
            )

    @property
    def groups(self) -> list[tuple[Rule, list[Any]]]:
        """Each rule that lists papers, with the fields of its lines."""
        rules = dict.fromkeys(rule.id for rule, _line in self.lines)
        by_id = {rule.id: rule for rule, _line in self.lines}
        return [(by_id[one], [self[line.id] for rule, line in self.lines if rule.id == one]) for one in rules]

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with these states; of lines that this guide does not list what was written stays."""
        asked = [line.id for _rule, line in self.lines]
        states = {one: PaperState(self.cleaned_data[one] or PaperState.NOT_ASKED) for one in asked}
        papers = [CasePaper(line=one, state=state) for one, state in states.items() if state != PaperState.NOT_ASKED]
        kept = (*papers, *(one for one in file.papers if one.line not in states))
        return msgspec.structs.replace(file, papers=kept)

    def field_at(self, event: str, where: str) -> str | None:
        """No date stands here."""
        return None


class SafetyForm(PartForm):
    """What is done so that somebody is safe, whatever the reason, and the steps that only the State takes."""

    measures = forms.MultipleChoiceField(
        label=_("What is done"),
        help_text=_("The same for whoever needs it. No reason is written here or anywhere in the house."),
        choices=[(one.value, label) for one, label in part_words.MEASURE_WORDS.items()],
        widget=StackedMultiple(),
        required=False,
        error_messages={"invalid_choice": _ANSWER},
    )
    family_told = DayField(
        label=_("The family was told that they are civilians, with claims of their own, on"),
        help_text=_("Empty if not yet, or if there is no family here."),
    )
    child_protection_told = DayField(
        label=_("Child protection was told of a child, who is a victim first, on"),
        help_text=_("Empty if there is no child of whom to tell."),
    )

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """What was written before."""
        held: dict[str, Any] = {"measures": [one.value for one in file.safety.measures]}
        for name in ("family_told", "child_protection_told"):
            day = getattr(file.safety, name)
            held[name] = day_as_typed(day) if day else ""
        for step in file.safety.steps:
            held |= {
                _of(step.rule, "stands"): step.stands.value,
                _of(step.rule, "on"): told_as_typed(step.on),
                _of(step.rule, "authority"): step.authority,
                _of(step.rule, "again"): step.look_again_on,
            }
        return held

    def prepare(self, **more: Any) -> None:
        """How each of the State's steps stands, as the authority says."""
        self.rules = state_steps(self.guide)
        for rule in self.rules:
            self.fields[_of(rule.id, "stands")] = forms.ChoiceField(
                label=_("How it stands"),
                choices=[(one.value, label) for one, (label, _look) in part_words.STEP_STANDS_WORDS.items()],
                initial=StepStands.NOT_ASKED.value,
                required=False,
                widget=SegmentedChoice(),
                **chosen(_ANSWER),
            )
            self.fields[_of(rule.id, "on")] = ToldField(label=_("Since"))
            self.fields[_of(rule.id, "authority")] = WordsField(label=_("Before which authority"))
            self.fields[_of(rule.id, "again")] = AheadField(label=_("Look at it again on"), required=False)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Each step with its fields; open where something stands or is wrong."""
        names = ("stands", "on", "authority", "again")
        written = {one.rule for one in self.file.safety.steps}
        rows: list[dict[str, Any]] = []
        for rule in self.rules:
            fields = [self[_of(rule.id, name)] for name in names]
            is_open = rule.id in written or any(field.errors for field in fields)
            title = rule.title.in_language(get_language() or "es")
            rows.append({"rule": rule, "title": title, "fields": fields, "is_open": is_open})
        return rows

    def clean(self) -> dict[str, Any]:
        """A date or an authority belongs to a step that stands somehow."""
        data = super().clean() or self.cleaned_data
        for rule in self.rules:
            asked = data.get(_of(rule.id, "stands")) not in {None, "", StepStands.NOT_ASKED.value}
            if not asked and (data.get(_of(rule.id, "on")) or data.get(_of(rule.id, "authority"))):
                self.add_error(_of(rule.id, "stands"), gettext("Say how it stands, or leave its other fields empty."))
        return data

    def _step(self, rule: Rule) -> StateStep:
        held = self.cleaned_data
        return StateStep(
            rule=rule.id,
            stands=StepStands(held[_of(rule.id, "stands")] or StepStands.NOT_ASKED),
            on=held[_of(rule.id, "on")],
            authority=held[_of(rule.id, "authority")],
            look_again_on=held[_of(rule.id, "again")],
        )

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with these; steps of a rule that is no longer in the guide stay."""
        steps = [self._step(rule) for rule in self.rules]
        asked = {rule.id for rule in self.rules}
        kept = [one for one in steps if one != StateStep(rule=one.rule)]
        safety = Safety(
            measures=tuple(Measure(one) for one in self.cleaned_data["measures"]),
            steps=(*kept, *(one for one in file.safety.steps if one.rule not in asked)),
            family_told=self.cleaned_data["family_told"],
            child_protection_told=self.cleaned_data["child_protection_told"],
        )
        return msgspec.structs.replace(file, safety=safety)

    def field_at(self, event: str, where: str) -> str | None:
        """These dates follow from no other date of the case."""
        return None


def _of(rule: str, name: str) -> str:
    return f"{rule}_{name}"
