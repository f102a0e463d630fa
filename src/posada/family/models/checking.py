"""What goes with a proposal before anybody decides: answers of kin, and what a colleague was asked."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.family.models.requests import Proposal
from posada.family.rules.forcing import AskedSide, Fits
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class KinAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question, what each side's answer was worth. The answers themselves are not kept: they would teach them."""

    question: str
    enquirer: Fits = Fits.NOT_ASKED
    found: Fits = Fits.NOT_ASKED


class KinAnswers(Content, frozen=True, kw_only=True):
    """All that was asked for one proposal; whether somebody may be forced, why, and with whom it was talked over."""

    KIND: ClassVar[str] = "family.kin_answers"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    answers: tuple[KinAnswer, ...] = ()
    may_be_forced: bool = False
    why_forced: str = ""
    counsel: str = ""
    at: datetime | None = None
    by: int | None = None

    def by_side(self) -> dict[AskedSide, list[Fits]]:
        """What came of the questions, for each side."""
        return {
            AskedSide.ENQUIRER: [one.enquirer for one in self.answers],
            AskedSide.FOUND: [one.found for one in self.answers],
        }


class KinCheck(models.Model):
    """That questions of kin were asked for a proposal; what came of it is sealed under the sought person's key."""

    proposal = models.OneToOneField(Proposal, primary_key=True, on_delete=models.CASCADE, related_name="kin_check")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")


class Opinion(StrEnum):
    """What a colleague thinks. It is no agreement: the second person agrees elsewhere."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_SAY = "cannot_say"


class AskedColleague(Content, frozen=True, kw_only=True):
    """A question to a colleague about a proposal, and what they answered."""

    KIND: ClassVar[str] = "family.asked_colleague"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    question: str
    answer: str = ""
    opinion: Opinion | None = None


class ColleagueQuestionQuerySet(models.QuerySet["ColleagueQuestion"]):
    def of_site(self, actor: Actor) -> ColleagueQuestionQuerySet:
        """Those about proposals of the actor's own site."""
        return self.filter(proposal__request__site_id=actor.site)


class ColleagueQuestion(models.Model):
    """That somebody asked a colleague for an opinion on a proposal. `seen` once who asked has read the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    seen = models.BooleanField(default=False)
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")

    objects = ColleagueQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "asked_by", "asked_of"],
                condition=models.Q(answered_on__isnull=True),
                name="one_open_question_per_colleague",
            )
        ]
