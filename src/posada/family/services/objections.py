""" "I am not missing" (practice: family links, rule 10): see that a request exists, refuse, object, take it back.

Who asked hears nothing of it: the answer to them stays the same bytes.
"""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    FoundChoice,
    NotMissing,
    NotMissingWords,
    Said,
    Saying,
)
from posada.family.queries.objections import decided_about
from posada.family.rules.choices import Choice
from posada.family.services.entrusting import entrust_proposal
from posada.family.services.found import record_found_decision
from posada.ground import clock
from posada.people.models import Person
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record


def note_saying(*, by: Actor, person: Person, saying: Saying, once: uuid.UUID | None = None) -> NotMissing:
    """What somebody said of being looked for, and what follows from it at once; nothing leaves the house by it.

    Refusing withdraws every request towards this person: it is their decision on each. Objecting does so, too, and
    nobody proposes them for any request from now on: the reader of changes sees what is kept here and takes away what
    waits. Taking it back lets them be compared again; what they refused stays refused until they say otherwise there.
    `NotAlone` for a child with whom nobody decides.
    """
    require(by, Act.OBJECT, person.subject)
    saying = msgspec.structs.replace(saying, by=by.user)
    with transaction.atomic():
        sent.claim(once, person.pk)
        held = _kept(by, person, saying)
        for proposal in decided_about(person):
            entrust_proposal(proposal)  # whoever accompanies them reads with them who asks
            if saying.said in {Said.REFUSE, Said.OBJECT}:
                record_found_decision(by=by, proposal=proposal, content=_refusal(saying))
    return held


def _kept(by: Actor, person: Person, saying: Saying) -> NotMissing:
    held = NotMissing.objects.select_for_update().filter(person=person).select_related("record").first()
    before = NotMissingWords()
    if held is not None:
        before = open_record(held.record, NotMissingWords, by=by, reason=Reason.WRITE)
    objects = {Said.OBJECT: True, Said.TAKE_BACK: False}.get(saying.said, before.objects)
    words = NotMissingWords(objects=objects, history=(*before.history, saying))
    if held is None:
        record = records.seal_new(words, subject=person.pk, by=by, act=Act.OBJECT)
        return NotMissing.objects.create(person=person, record=record, said_on=clock.today())
    held.record = records.revise(held.record, words, by=by, act=Act.OBJECT)
    held.said_on = clock.today()
    held.save(update_fields=["said_on"])
    return held


def _refusal(saying: Saying) -> FoundChoice:
    return FoundChoice(
        choice=Choice.NEVER_ASK,
        at=saying.at,
        how="spoken",
        witness=saying.witness,
        represented_by=saying.represented_by,
        represents=saying.represents,
        by=saying.by,
    )
