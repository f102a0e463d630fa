"""Mappings that somebody corrected are kept for the next file of the same form."""

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.ground import ids
from posada.interop.contents import KeptMapping
from posada.interop.models import SavedMapping
from posada.interop.sheets.mapping import Mapping
from posada.records import door, services
from posada.records.door import Reason
from posada.vault import keyring

FORM = "interop/form"


def saved_mapping(site: int, mapping: Mapping | None) -> Mapping | None:
    """What somebody said about an earlier table with the same headers; none if nobody did."""
    if mapping is None:
        return None
    held = SavedMapping.objects.filter(site_id=site, fingerprint=_fingerprint(mapping)).select_related("record").first()
    if held is None:
        return None
    kept = door.open_record(held.record, KeptMapping, by=system_actor(site), reason=Reason.SYSTEM).mapping
    return msgspec.structs.replace(kept, sheet=mapping.sheet, header_row=mapping.header_row or kept.header_row)


def any_saved(site: int) -> bool:
    """Whether it is worth looking at the headers first."""
    return SavedMapping.objects.filter(site_id=site).exists()


def save_mapping(*, by: Actor, mapping: Mapping) -> None:
    """Keep it; an earlier one for the same headers is replaced. A table without headers has nothing to know it by."""
    if not _has_headers(mapping):
        return
    content = KeptMapping(mapping=mapping)
    with transaction.atomic():
        held = SavedMapping.objects.filter(site_id=by.site, fingerprint=_fingerprint(mapping)).first()
        if held is not None:
            services.revise(held.record, content, by=by, act=Act.IMPORT)
            return
        record = services.seal_new(content, subject=ids.new_id(), by=by, act=Act.IMPORT)
        SavedMapping.objects.create(id=ids.new_id(), site_id=by.site, fingerprint=_fingerprint(mapping), record=record)


def _has_headers(mapping: Mapping) -> bool:
    return any(use.header for use in mapping.columns)


def _fingerprint(mapping: Mapping) -> str:
    return keyring.fingerprint(FORM, mapping.fingerprint)
