"""Writes: each checks its act, changes what it says and writes it down, in one transaction."""

from posada.family.services.decisions import (
    AlreadyAsked,
    agree_same,
    carry_out_same,
    decide,
    propose_same,
)
from posada.family.services.entrusting import entrust, entrust_cards, entrust_proposal, entrust_request
from posada.family.services.found import NotTheirs, record_found_decision
from posada.family.services.imports import import_note, import_request
from posada.family.services.relatives import (
    add_relative,
    change_agreement,
    open_request_from,
    record_contact,
    resume,
    stop,
    told,
)
from posada.family.services.requests import (
    close_request,
    open_request,
    refuse_enquiry,
    renew_request,
    update_request,
)

__all__ = [
    "AlreadyAsked",
    "NotTheirs",
    "add_relative",
    "agree_same",
    "carry_out_same",
    "change_agreement",
    "close_request",
    "decide",
    "entrust",
    "entrust_cards",
    "entrust_proposal",
    "entrust_request",
    "import_note",
    "import_request",
    "open_request",
    "open_request_from",
    "propose_same",
    "record_contact",
    "record_found_decision",
    "refuse_enquiry",
    "renew_request",
    "resume",
    "stop",
    "told",
    "update_request",
]
