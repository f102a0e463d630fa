"""Safe hours, countries and the next call as they are typed: what cannot be meant is said, and nothing is kept."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from posada.family.forms import RelativeForm
from posada.family.forms.relatives import AgreementForm, initial_of
from posada.family.rules.countries import LIKELY, all_zones, countries, is_country, name_of_country, zones_of
from posada.family.rules.hours_words import hours_in_words
from posada.family.rules.safe_hours import EVERY_DAY, SafeHours, Span
from posada.ground import clock

BASE: dict[str, Any] = {"who": "C. P.", "relation": "mother", "hours_days": list(EVERY_DAY)}
EVENING = {"country": "VE", "hours_from": "19:00", "hours_until": "21:00"}


def _form(**said: Any) -> RelativeForm:
    return RelativeForm({**BASE, **said})


def test_a_card_needs_only_who_and_what_they_are_to_each_other() -> None:
    form = RelativeForm({"who": "C. P.", "relation": "mother"})
    assert form.is_valid(), form.errors
    required = {name for name, field in form.fields.items() if field.required}
    assert required == {"who", "relation"}
    assert form.content().hours is None


def test_hours_are_kept_as_data_by_the_clock_of_the_country() -> None:
    form = _form(**EVENING, hours_also_from="6.30", hours_also_until="7:30", hours_days=["0", "4"])
    assert form.is_valid(), form.errors
    content = form.content()
    spans = (Span(time(19), time(21), (0, 4)), Span(time(6, 30), time(7, 30), (0, 4)))
    assert content.hours == SafeHours("America/Caracas", spans)
    assert content.country == "VE"
    again = AgreementForm({**_as_posted(initial_of(content)), "once": ""})
    assert again.is_valid(), again.errors
    assert again.agreement()["hours"] == content.hours


def _as_posted(initial: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if value is None else value for name, value in initial.items()}


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"hours_from": "8", "hours_until": "8", "country": "VE"}, "hours_from"),
        ({"hours_from": "8:00", "country": "VE"}, "hours_until"),
        ({"hours_until": "8:00", "country": "VE"}, "hours_from"),
        ({"hours_from": "8:00", "hours_until": "8:20", "country": "VE"}, "hours_from"),
        ({"hours_from": "23:50", "hours_until": "0:05", "country": "VE"}, "hours_from"),
        ({"hours_from": "25:99", "hours_until": "26", "country": "VE"}, "hours_from"),
        ({"hours_from": "8", "hours_until": "9", "country": "VE", "hours_days": []}, "hours_days"),
        ({"hours_from": "8", "hours_until": "9", "country": "VE", "hours_days": ["7"]}, "hours_days"),
        ({"hours_from": "8", "hours_until": "9"}, "country"),
        ({"hours_from": "8", "hours_until": "9", "country": "ES"}, "zone"),
        ({"hours_from": "8", "hours_until": "9", "country": "ES", "zone": "America/Caracas"}, "zone"),
        ({"hours_from": "8", "hours_until": "9", "country": "VE", "zone": "Mars/Olympus"}, "zone"),
        ({"country": "XX"}, "country"),
        ({"country": "<b>"}, "country"),
        ({"interval_hours": "-3"}, "interval_hours"),
        ({"interval_hours": "48; drop"}, "interval_hours"),
        ({"risk_level": "enormous"}, "risk_level"),
        ({"must_not_know": "x" * 3_000}, "must_not_know"),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_it_says_what_cannot_be_meant(said: dict[str, Any], where: str, language: str) -> None:
    with translation.override(language):
        form = _form(**said)
        assert not form.is_valid()
        assert where in form.errors, form.errors
        assert all(len(str(message)) > 15 for message in form.errors[where])


def test_the_next_call_lies_ahead_and_inside_the_safe_hours() -> None:
    now = clock.now().astimezone(clock.house_zone())
    tomorrow = (now + timedelta(days=1)).replace(hour=3, minute=0)
    with translation.override("en"):
        past = _form(next_call_at=f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}")
        assert "must lie ahead" in str(past.errors["next_call_at"])
        unsafe = _form(**EVENING, next_call_at=f"{tomorrow:%Y-%m-%dT%H:%M}")
        message = str(unsafe.errors["next_call_at"])
    assert "This hour is not safe for them" in message
    hours = unsafe.cleaned_data["hours"]
    safe = hours.next_from(tomorrow).astimezone(clock.house_zone())
    assert f"{safe:%H:%M}" in message
    good = _form(**EVENING, next_call_at=f"{safe:%Y-%m-%dT%H:%M}")
    assert good.is_valid(), good.errors


def test_a_call_that_passed_does_not_hold_up_another_change() -> None:
    at = (clock.now() - timedelta(days=2)).replace(second=0, microsecond=0)
    local = at.astimezone(clock.house_zone())
    said = {**BASE, "next_call_at": f"{local:%Y-%m-%dT%H:%M}"}
    assert AgreementForm(said, initial={"next_call_at": at}).is_valid()
    assert not AgreementForm(said).is_valid()


def test_the_likely_countries_come_first_and_every_zone_is_known_here() -> None:
    assert all(is_country(code) and zones_of(code) for code in LIKELY)
    names = dict(countries())
    assert len(names) > 200
    assert not set(names) & set(LIKELY)
    assert len(all_zones()) > 200
    with translation.override("en"):
        assert name_of_country("BR") == "Brazil"
    with translation.override("es"):
        assert name_of_country("BR") == "Brasil"
    assert name_of_country("??") == ""
    assert zones_of("VE") == ("America/Caracas",)
    assert len(zones_of("US")) > 3


def test_hours_are_said_in_their_time() -> None:
    now = datetime(2019, 2, 26, 12, tzinfo=clock.house_zone())
    hours = SafeHours("America/Caracas", (Span(time(19), time(21), (0, 1, 2, 3, 4)), Span(time(7), time(8), (6,))))
    with translation.override("en"):
        said = hours_in_words(hours, house="America/Bogota", now=now)
        assert said == "Monday to Friday 19:00 to 21:00; Sunday 07:00 to 08:00, in their time (Caracas)"
        assert hours_in_words(hours, house="America/Caracas", now=now).endswith("08:00")
