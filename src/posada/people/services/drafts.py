"""Forms that were begun: sealed on the server, offered to whoever began them, gone when saved, discarded or a day old.

Nothing is kept in the browser. Each draft has a key of its own, so that letting it go leaves no copy that opens.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people.models import RegisterDraft
from posada.people.rules.drafts import FormDraft
from posada.records import door, letting_go, services
from posada.records.door import Reason
from posada.records.models import EarlierVersion, SentForm

KEPT_FOR = timedelta(days=1)
MOST_OFFERED = 5


def keep_draft(*, by: Actor, form: uuid.UUID, draft: FormDraft, is_household: bool = False) -> RegisterDraft | None:
    """Keep what stands in a form that is not saved yet, in the place of what was kept of it before.

    None if the form was saved meanwhile, or is somebody else's.
    """
    require(by, Act.REGISTER)
    if by.user is None:
        return None
    now = clock.now().astimezone(clock.house_zone())
    moment = {"saved_on": now.date(), "saved_hour": now.hour}
    try:
        with transaction.atomic():
            if SentForm.objects.filter(key=form).exists():
                return None
            held = RegisterDraft.objects.select_for_update().filter(form=form).first()
            if held is not None:
                return _write_again(by, held, draft, moment) if held.user_id == by.user else None
            record = services.seal_new(draft, subject=ids.new_id(), by=by, act=Act.REGISTER)
            return RegisterDraft.objects.create(
                site_id=by.site, user_id=by.user, form=form, record=record, is_household=is_household, **moment
            )
    except IntegrityError:
        return None  # the same form was kept at the same moment: that one stands


def _write_again(by: Actor, held: RegisterDraft, draft: FormDraft, moment: dict[str, object]) -> RegisterDraft:
    services.revise(held.record, draft, by=by, act=Act.REGISTER)
    EarlierVersion.objects.filter(record=held.record_id).delete()
    RegisterDraft.objects.filter(pk=held.pk).update(**moment)
    return held


def drafts_of(by: Actor) -> list[RegisterDraft]:
    """The forms that this user began and did not save, the newest first; what is past its time goes now."""
    sweep()
    rows = list(RegisterDraft.objects.visible_to(by).order_by("-saved_on", "-saved_hour", "-pk")[:MOST_OFFERED])
    sent = set(SentForm.objects.filter(key__in=[row.form for row in rows]).values_list("key", flat=True))
    _let_go(row for row in rows if row.form in sent)
    return [row for row in rows if row.form not in sent]


def open_draft(*, by: Actor, form: uuid.UUID) -> FormDraft:
    """What stood in a form that this user began. Raises `RegisterDraft.DoesNotExist`."""
    require(by, Act.REGISTER)
    held = RegisterDraft.objects.visible_to(by).select_related("record").get(form=form)
    return door.open_record(held.record, FormDraft, by=by, reason=Reason.WRITE)


def discard_draft(*, by: Actor, form: uuid.UUID) -> None:
    """Let go of a form that this user began. Raises `RegisterDraft.DoesNotExist`."""
    with transaction.atomic():
        held = RegisterDraft.objects.visible_to(by).select_related("record").get(form=form)
        services.note(by, Act.REGISTER, door.subject_of(held.record), reason="draft_discarded")
        _let_go([held])


def forget_form(form: uuid.UUID) -> None:
    """In the transaction that saves a form: its draft goes with it."""
    _let_go(RegisterDraft.objects.filter(form=form).select_related("record"))


def sweep() -> None:
    """Let go of the forms begun more than a day ago; at the start of the house, and whenever drafts are offered."""
    past = (clock.now() - KEPT_FOR).astimezone(clock.house_zone())
    if RegisterDraft.objects.begun_before(past).exists():
        with transaction.atomic():
            _let_go(RegisterDraft.objects.begun_before(past).select_related("record"))


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: the same when the house is opened."""
    sweep()


def _let_go(drafts: Iterable[RegisterDraft]) -> None:
    with transaction.atomic():
        for draft in list(drafts):
            draft.delete()
            letting_go.let_go(draft.record)
