"""Who may help: organisations and interpreters of the house. Words are sealed, each entry under a key of its own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.shelter.rules.directory import OrganisationKind, SpokenBy, Takes
from posada.vault.keyring import Compartment


class OrganisationWords(Content, frozen=True, kw_only=True):
    """An organisation. `source` is empty when the house wrote the entry itself. `places`: how many more people they
    said they can take, none if nobody asked."""

    KIND: ClassVar[str] = "house.organisation"
    COMPARTMENT: ClassVar[Compartment] = Compartment.CONTACT
    READ: ClassVar[Act | None] = Act.SEE_DIRECTORY

    name: str
    kind: OrganisationKind
    helps: str = ""
    phone: str = ""
    hours: str = ""
    reached: str = ""
    source: str = ""
    takes: Takes = Takes.CALL
    places: int | None = None


class InterpreterWords(Content, frozen=True, kw_only=True):
    """Somebody who interprets: never a child, never a relative of who is spoken for."""

    KIND: ClassVar[str] = "house.interpreter"
    COMPARTMENT: ClassVar[Compartment] = Compartment.CONTACT
    READ: ClassVar[Act | None] = Act.SEE_DIRECTORY

    name: str
    language: str
    sex: SpokenBy
    phone: str = ""
    by_phone: bool = False
    hours: str = ""


class EntryQuerySet(models.QuerySet["DirectoryEntry"]):
    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)


class DirectoryEntry(models.Model):
    """One entry. `checked_on`: somebody called or went there. `undertaken_on`: they signed to keep silence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    is_interpreter = models.BooleanField(default=False)
    checked_on = models.DateField(null=True)
    undertaken_on = models.DateField(null=True)

    objects = EntryQuerySet.as_manager()
