"""Information sessions: a day, a topic for everybody, a language, and who was there, by number or as a count."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.asylum.rules.topics import SPOKEN, TOPIC_WORDS, Topic
from posada.people.models import Person


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> SessionQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)


class Session(models.Model):
    """One session. It is held for whoever comes: that somebody came says nothing of a case.

    `others` came without a number, were erased since, or the time in which numbers are kept is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    on = models.DateField()
    topic = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Topic])
    language = models.CharField(max_length=3, choices=[(code, code) for code in SPOKEN])
    others = models.PositiveSmallIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    @property
    def topic_words(self) -> str:
        """The topic in the language in use."""
        return str(TOPIC_WORDS[Topic(self.topic)])

    @property
    def language_words(self) -> str:
        """The language, as its speakers call it."""
        return str(SPOKEN[self.language])


class WasThere(models.Model):
    """That somebody was at a session. After the time in which numbers are kept, the row becomes a count."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sessions_attended")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="once_at_a_session")]
