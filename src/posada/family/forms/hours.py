"""Where a relative is and at which hours they may be reached, as a calm form: from, until, which days, whose clock."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.rules.countries import LIKELY, all_zones, countries, name_of_country, zones_of
from posada.family.rules.hours_words import place_of
from posada.family.rules.safe_hours import EVERY_DAY, SafeHours, Span

_SHORTEST = timedelta(minutes=30)
_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - any day: only the length between two hours of it counts


class HourField(forms.TimeField):
    """An hour of the day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input--short"})
        wrong = {"invalid": _("Write an hour such as 7:30.")}
        formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]
        super().__init__(
            **{"required": False, "widget": widget, "input_formats": formats, "error_messages": wrong, **options}
        )


def _countries() -> Iterator[tuple[str, Any]]:
    """The likely ones first, then every other by its name."""
    yield "", _("Not told")
    yield from ((code, name_of_country(code)) for code in LIKELY)
    yield gettext("All countries"), countries()


def _zones() -> Iterator[tuple[str, Any]]:
    yield "", _("The clock of the country")
    yield from ((zone, f"{place_of(zone)} ({zone.partition('/')[0]})") for zone in all_zones())


class HoursForm(SentOnce):
    """The fields, and the `hours` that come of them."""

    country = forms.ChoiceField(
        label=_("Country where they are"),
        choices=_countries,
        required=False,
        help_text=_("Their hours are counted by the clock there"),
        error_messages={"invalid_choice": _("This is no country of the list. Choose one, or “Not told”.")},
    )
    hours_from = HourField(label=_("Safe from"), help_text=_("By their clock, such as 19:00"))
    hours_until = HourField(label=_("until"))
    hours_also_from = HourField(label=_("and from"))
    hours_also_until = HourField(label=_("until"))
    hours_days = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        initial=list(EVERY_DAY),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is no day of the week. Choose days of the list.")},
    )
    zone = forms.ChoiceField(
        label=_("Whose clock"),
        choices=_zones,
        required=False,
        help_text=_("Only where a country has several"),
        error_messages={"invalid_choice": _("This time zone is not known here. Choose one of the list.")},
    )

    def clean(self) -> dict[str, Any]:
        """The hours as data; a sentence beside what cannot be meant."""
        cleaned = super().clean() or {}
        spans = [one for one in (self._span(""), self._span("also_")) if one is not None]
        if spans and not cleaned.get("hours_days") and "hours_days" not in self.errors:
            self.add_error("hours_days", ValidationError(gettext("Choose one day at least."), code="no_day"))
        is_sound = not any(name.startswith("hours") for name in self.errors)
        zone = self._zone() if spans and is_sound and not {"country", "zone"} & set(self.errors) else ""
        cleaned["hours"] = SafeHours(zone, tuple(spans)) if zone else None
        return cleaned

    def _span(self, which: str) -> Span | None:
        begins, until = (self.cleaned_data.get(f"hours_{which}{name}") for name in ("from", "until"))
        if begins is None and until is None:
            return None
        name = f"hours_{which}until" if until is None else f"hours_{which}from"
        if name in self.errors:
            return None
        if begins is None or until is None:
            self.add_error(name, ValidationError(gettext("Write both hours: from when until when."), code="half"))
            return None
        if begins == until:
            wrong = gettext("From %(hour)s until %(hour)s is no time. Write another hour, or leave both empty.")
            self.add_error(name, ValidationError(wrong % {"hour": f"{begins:%H:%M}"}, code="nothing"))
        elif _length(begins, until) < _SHORTEST:
            short = gettext("Less than half an hour is too short for a call to be made in time.")
            self.add_error(name, ValidationError(short, code="short"))
        return Span(begins, until, tuple(sorted(self.cleaned_data.get("hours_days") or EVERY_DAY)))

    def _zone(self) -> str:
        """The clock that counts: that of the country, unless it has several."""
        country, chosen = self.cleaned_data.get("country") or "", str(self.cleaned_data.get("zone") or "")
        known = zones_of(country) if country else ()
        if chosen:
            if known and chosen not in known:
                self.add_error("zone", ValidationError(gettext("This clock is of another country."), code="elsewhere"))
            return chosen
        if not country:
            wrong = gettext("Choose the country where they are: their hours are counted by the clock there.")
            self.add_error("country", ValidationError(wrong, code="no_country"))
        elif len(known) != 1:
            wrong = gettext("This country has several clocks. Choose the place whose clock counts.")
            self.add_error("zone", ValidationError(wrong, code="several"))
        return known[0] if len(known) == 1 else ""


def _length(begins: time, until: time) -> timedelta:
    first, last = (datetime.combine(_DAY, hour) for hour in (begins, until))
    return last - first if first < last else last - first + timedelta(days=1)


def hours_initial(hours: SafeHours | None) -> dict[str, Any]:
    """The fields as they stand for hours that were agreed."""
    if hours is None or not hours.spans:
        return {"hours_days": list(EVERY_DAY)}
    first, *more = hours.spans
    found: dict[str, Any] = {"hours_from": first.begins, "hours_until": first.until, "zone": hours.zone}
    if more:
        found |= {"hours_also_from": more[0].begins, "hours_also_until": more[0].until}
    return {**found, "hours_days": list(first.days)}
