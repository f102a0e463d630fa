"""Invented people of the tests of this room."""

import uuid

from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.family import services
from posada.family.models import Enquirer, Proposal, Relative, Separation, Sought, TracingRequest, WatchCard
from posada.family.rules.kinship import Relation
from posada.ground import clock, ids
from posada.people.models import Identity, Person, Sex
from posada.records import changes
from posada.records import services as records

YULESI = Identity(
    given_names="Yulesi Carolina",
    surnames="Ramires Peña",
    sex=Sex.FEMALE,
    birth="1987",
    origin="San Juan de Colón",
)
SOUGHT = Sought(
    given_names="Yuleisy Carolina",
    surnames="Ramírez Peña",
    sex=Sex.FEMALE,
    birth="1987-03-14",
    origin="Colón, Táchira",
    mother="Carmen Peña",
)
SISTER = Enquirer(name="Marisela Ramírez Peña", relationship=Relation.SISTER, safe_channel="+57 300 000 0000")
PARTED = Separation(on="2019-02-23", place="Puente", circumstances="Nos soltamos de la mano.")


def make_person(site: Site, identity: Identity = YULESI) -> Person:
    """Somebody registered today."""
    by, subject = system_actor(site.pk), ids.new_id()
    record = records.seal_new(identity, subject=subject, by=by, act=Act.REGISTER)
    return Person.objects.create(
        id=subject, site=site, number=cast.free_number(Person), registered_on=clock.today(), identity=record
    )


def make_card(site: Site, person: Person, content: Relative | None = None) -> WatchCard:
    """A card for a mother, unless something else is given."""
    said = content or Relative(who="C. P.", relation=Relation.MOTHER, interval_hours=48)
    return services.add_relative(by=system_actor(site.pk), person=person, content=said)


def make_request(site: Site, sought: Sought = SOUGHT, enquirer: Enquirer = SISTER) -> TracingRequest:
    """A sister's request, unless something else is given."""
    return services.open_request(by=system_actor(site.pk), sought=sought, enquirer=enquirer, separation=PARTED)


def make_proposal(site: Site) -> Proposal:
    """The request above meets the person above."""
    make_request(site)
    make_person(site)
    changes.catch_up()
    return Proposal.objects.select_related("request", "person").get()


def entrust(user: User, subject: uuid.UUID, site: Site) -> None:
    """Give somebody's file to a member of staff."""
    accounts.assign(user_id=user.pk, site_id=site.pk, subject=subject)
