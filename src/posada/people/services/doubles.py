"""Pairs of files that may be one person's: remembered, looked for at night, decided by somebody."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.ground import clock
from posada.people.matching.doubles import LEAST_LIKELY, alike
from posada.people.models import Identity, Person
from posada.people.models.doubles import DoublesRun, Pair
from posada.people.queries.files import leading_of
from posada.records import changes, services
from posada.records import once as sent_forms
from posada.records.models import Change
from posada.records.services import Stale

MOST_A_NIGHT = 5_000  # changed files; the rest come the next night
NIGHT = range(2, 5)  # hours of the house
STEP = 500


def is_due(site: int) -> bool:
    """Whether it is night here and tonight's look was not made."""
    now = clock.now().astimezone(clock.house_zone())
    return now.hour in NIGHT and not DoublesRun.objects.filter(site_id=site, on=clock.today()).exists()


def look_through(*, by: Actor, most: int = MOST_A_NIGHT) -> int | None:
    """The nightly look: whoever changed since the last one is compared with the register. How many pairs are new.

    Only the index in memory is asked; at most `most` files, at most five candidates each. None if another process was
    quicker.
    """
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=by.site)
        run, _made = DoublesRun.objects.get_or_create(site_id=by.site)
        if run.on == clock.today():
            return None
        run.on = clock.today()
        run.save(update_fields=["on"])
    wanted, upto = _changed(by.site, run.upto, most)
    found = [one for start in range(0, len(wanted), STEP) for one in alike(by.site, wanted[start : start + STEP])]
    with transaction.atomic():
        new = sum(_remember(by.site, one, two, _band(chance)) for one, two, chance in _each_once(found))
        DoublesRun.objects.filter(pk=run.pk).update(upto=upto)
        audit.write(
            audit.Event(
                act=Act.SEE_DOUBLES, actor=by.user, role="system", site=by.site, reason="night", count=len(wanted)
            )
        )
    return new


def _changed(site: int, since: int, most: int) -> tuple[list[uuid.UUID], int]:
    """Whose identity was written after a place in the change log, in its order; and how far that reaches."""
    rows = Change.objects.filter(sequence__gt=since, sequence__lte=changes.head(), kind=Identity.KIND)
    wanted: dict[uuid.UUID, None] = {}
    upto = since
    for sequence, subject in rows.order_by("sequence").values_list("sequence", "subject").iterator():
        if len(wanted) >= most and subject not in wanted:
            break
        wanted[subject], upto = None, sequence
    here = (
        set(Person.objects.filter(site_id=site).values_list("pk", flat=True))
        if len(wanted) > STEP
        else set(Person.objects.filter(site_id=site, pk__in=list(wanted)).values_list("pk", flat=True))
    )
    return [one for one in wanted if one in here], upto


def _band(chance: float) -> Pair.Band:
    return Pair.Band.LIKELY if chance >= LEAST_LIKELY else Pair.Band.POSSIBLE


def _each_once(found: Iterable[tuple[uuid.UUID, uuid.UUID, float]]) -> list[tuple[uuid.UUID, uuid.UUID, float]]:
    best: dict[tuple[uuid.UUID, uuid.UUID], float] = {}
    for one, two, chance in found:
        pair = (min(one, two), max(one, two))
        best[pair] = max(chance, best.get(pair, 0.0))
    return [(one, two, chance) for (one, two), chance in best.items()]


def _remember(site: int, one: uuid.UUID, two: uuid.UUID, band: Pair.Band) -> bool:
    """Keep a pair; whether it is new. One said to be two persons is asked again only if a file was changed since."""
    rows = Person.objects.filter(pk__in=[one, two], site_id=site).select_related("identity", "merged_into")
    leads = {lead.pk: lead for lead in map(leading_of, rows)}
    if len(leads) < 2:
        return False
    first, second = (leads[pk] for pk in sorted(leads))
    versions = {"first_version": first.identity.version, "second_version": second.identity.version}
    pair, is_new = Pair.objects.get_or_create(
        first=first, second=second, defaults={"site_id": site, "band": band, "found_on": clock.today(), **versions}
    )
    if is_new:
        return True
    is_changed = (pair.first_version, pair.second_version) != tuple(versions.values())
    if pair.state in {Pair.State.DIFFERENT, Pair.State.SAME} and is_changed:
        Pair.objects.filter(pk=pair.pk).update(
            state=Pair.State.OPEN, band=band, decided_on=None, decided_by=None, **versions
        )
        return True
    return False


def remember_said(*, by: Actor, person: Person, numbers: Iterable[int]) -> None:
    """The desk registered somebody and said that they are perhaps one of these: kept for whoever decides."""
    require(by, Act.SEARCH, person.subject)
    with transaction.atomic():
        for one in Person.objects.visible_to(by).filter(number__in=list(numbers)).exclude(pk=person.pk):
            if _remember(by.site, person.pk, one.pk, Pair.Band.SAID):
                services.note(by, Act.SEARCH, one.subject, reason="perhaps_twice")


def pair_of(*, by: Actor, one: Person, two: Person) -> Pair:
    """The pair of two files that somebody wants to compare, kept from now on. They may decide both, or `Refused`."""
    for person in (one, two):
        require(by, Act.MERGE, person.subject)
    with transaction.atomic():
        _remember(by.site, one.pk, two.pk, Pair.Band.SAID)
        return Pair.objects.get(first__in=[one, two], second__in=[one, two])


def set_apart(
    *, by: Actor, pair: Pair, state: Pair.State, versions: tuple[int, int], once: uuid.UUID | None = None
) -> None:
    """Two persons, or not yet: written down with the versions that were compared. `Stale` if one was changed since."""
    for person in (pair.first, pair.second):
        require(by, Act.MERGE, person.subject)
    with transaction.atomic():
        sent_forms.claim(once, pair.pk)
        held = Pair.objects.select_for_update().select_related("first__identity", "second__identity").get(pk=pair.pk)
        if held.state == Pair.State.SAME or versions != (held.first.identity.version, held.second.identity.version):
            raise Stale
        for person in (held.first, held.second):
            services.note(by, Act.MERGE, person.subject, reason=f"pair_{state}")
        held.state, held.decided_on, held.decided_by = state, clock.today(), by.user
        held.first_version, held.second_version = versions
        held.save()
