"""The screens of the family room."""

from posada.family.views.erasing import erase_card, erase_note, erase_request
from posada.family.views.found import found_decision, found_thanks, keep_to_it, withdraw_found
from posada.family.views.freezing import freeze, freeze_house, freezing, lift, lift_house
from posada.family.views.places import home
from posada.family.views.proposals import proposal
from posada.family.views.relatives import add_relative, card, press, relatives, resume, seek
from posada.family.views.releasing import (
    ask_release,
    enquirer_word,
    found_state,
    note_contact,
    release,
    to_tell_page,
    tried,
)
from posada.family.views.requests import (
    answer,
    close_request,
    open_request,
    renew_request,
    request_page,
    requests,
    update_request,
)
from posada.family.views.sentences import erase_card_sentence, erase_request_sentence
from posada.family.views.watching import steps, talk_over, watch

__all__ = [
    "add_relative",
    "answer",
    "ask_release",
    "card",
    "close_request",
    "enquirer_word",
    "erase_card",
    "erase_card_sentence",
    "erase_note",
    "erase_request",
    "erase_request_sentence",
    "found_decision",
    "found_state",
    "found_thanks",
    "freeze",
    "freeze_house",
    "freezing",
    "home",
    "keep_to_it",
    "lift",
    "lift_house",
    "note_contact",
    "open_request",
    "press",
    "proposal",
    "relatives",
    "release",
    "renew_request",
    "request_page",
    "requests",
    "resume",
    "seek",
    "steps",
    "talk_over",
    "to_tell_page",
    "tried",
    "update_request",
    "watch",
    "withdraw_found",
]
