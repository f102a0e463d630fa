"""The screens of the family room."""

from posada.family.views.erasing import erase_card, erase_note, erase_request
from posada.family.views.found import found_decision
from posada.family.views.freezing import freeze, freeze_house, freezing, lift, lift_house
from posada.family.views.places import home
from posada.family.views.proposals import proposal
from posada.family.views.relatives import add_relative, card, press, relatives, resume, seek
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
    "card",
    "close_request",
    "erase_card",
    "erase_card_sentence",
    "erase_note",
    "erase_request",
    "erase_request_sentence",
    "found_decision",
    "freeze",
    "freeze_house",
    "freezing",
    "home",
    "lift",
    "lift_house",
    "open_request",
    "press",
    "proposal",
    "relatives",
    "renew_request",
    "request_page",
    "requests",
    "resume",
    "seek",
    "steps",
    "talk_over",
    "update_request",
    "watch",
]
