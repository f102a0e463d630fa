"""After delivery nothing of a message's words is left: no key, no blob, no earlier version, in no file of the house."""

import os
import random
import time
from pathlib import Path

import pytest
from django.db import connections

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import Message, MessageContent, MessageLog, Relative, WatchCard
from posada.family.rules.messages import MessageKind, MessageState, Told, Way
from posada.family.services.messages import note_step, write_message
from posada.people import services as people
from posada.people.models import Identity
from posada.records import door
from posada.records import services as records
from posada.records.door import Reason
from posada.records.models import EarlierVersion, KeyDue, SealedRecord
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey
from tests import cast
from tests.faults.pages import carved
from tests.faults.planting import planted

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
    pytest.mark.skipif(
        "postgres" in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL's files are not ours to read"
    ),
]
MESSAGES = 200 if os.environ.get("POSADA_LONG") == "1" else 24
SEED = 20_261_122
ENDS = (MessageState.DELIVERED, MessageState.GIVEN_UP)


def _pages() -> bytes:
    """Every page of both databases and their logs, decrypted, as somebody with the master key would carve them."""
    return carved(_file("keyring"), "keyring.db") + carved(_file("default"), "main.db")


def _file(alias: str) -> Path:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        return Path(cursor.fetchall()[0][2])


def _written(by: Actor, card: WatchCard, word: str) -> Message:
    """A message that was corrected once, so that an earlier version lies beside it."""
    content = MessageContent(language="es", text=f"La niña dice {word} cuando duerme.")
    row = write_message(by=by, card=card, kind=MessageKind.LETTER, way=Way.PAPER, content=content)
    assert row.record is not None
    records.revise(row.record, content, by=by, act=Act.WRITE_MESSAGE)
    return row


def _traces(rows: list[Message]) -> tuple[list[bytes], list[bytes]]:
    subjects = [row.pk for row in rows]
    keys = [bytes(row.wrapped) for row in WrappedKey.objects.filter(subject__in=subjects)]
    held = SealedRecord.objects.filter(subject__in=subjects)
    bodies = [bytes(row.body)[:40] for row in held]
    bodies += [bytes(row.body)[:40] for row in EarlierVersion.objects.filter(record__in=held)]
    return keys, bodies


def _opens(by: Actor, record: SealedRecord) -> bool:
    try:
        return bool(door.open_record(record, MessageContent, by=by, reason=Reason.SYSTEM).text)
    except Unreadable:
        return False


def test_the_words_of_what_was_delivered_are_in_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    began, rng = time.monotonic(), random.Random(SEED)  # noqa: S311 - which ones are delivered
    by = system_actor(cast.make_site().pk)
    person = people.register_person(by=by, identity=Identity(given_names="Ana"))
    card = family.add_relative(by=by, person=person, content=Relative(who="Madre"))
    rows = [_written(by, card, word) for word in planted(MESSAGES)]
    gone = rng.sample(rows, MESSAGES // 2)
    kept = [row for row in rows if row not in gone]
    (keys, bodies), (kept_keys, kept_bodies) = _traces(gone), _traces(kept)
    copies = list(SealedRecord.objects.filter(subject__in=[row.pk for row in gone]))
    before = _pages()
    assert all(one in before for one in (*keys, *bodies)), "the control: the scan finds what is there"
    assert all(_opens(by, copy) for copy in copies), "the control before delivery opens"
    assert (len(keys), len(bodies)) == (len(gone), 2 * len(gone))

    for place, row in enumerate(gone):
        note_step(by=by, message=row, said=Told(ENDS[place % len(ENDS)]))

    after = _pages()
    left = sum(key in after for key in keys), sum(body in after for body in bodies)
    still = sum(key in after for key in kept_keys), sum(body in after for body in kept_bodies)
    words = sum(word.encode() in after or word.encode("utf-16-le") in after for word in planted(MESSAGES))
    opened = sum(_opens(by, copy) for copy in copies)
    told = [door.open_record(log, MessageLog, by=by, reason=Reason.SYSTEM) for log in _logs_of(gone)]
    with capsys.disabled():
        took = time.monotonic() - began
        print(
            f"\nmessages: {len(gone)} of {MESSAGES} ended, seed {SEED}: {len(keys)} keys, {len(bodies)} blobs before, "
            f"{left[0]} and {left[1]} after; of {len(copies)} copies {opened} open; {words} words in clear; control: "
            f"{still[0]} keys and {still[1]} blobs of {len(kept)} kept; {len(told)} say how they went; {took:.1f} s"
        )
    assert left == (0, 0)
    assert (opened, words) == (0, 0)
    assert still == (len(kept), 2 * len(kept))
    assert len(told) == len(gone)
    assert not KeyDue.objects.exists()


def _logs_of(rows: list[Message]) -> list[SealedRecord]:
    return list(
        SealedRecord.objects.filter(pk__in=Message.objects.filter(pk__in=[row.pk for row in rows]).values("log"))
    )
