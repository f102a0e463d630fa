"""The screens of reception."""

from posada.people.views.asking_erasure import erase
from posada.people.views.births import birth
from posada.people.views.changing import consent, correct, history, take_on
from posada.people.views.claims import claim, claim_answer, claims, take_claim
from posada.people.views.doubles import pair, pairs, part
from posada.people.views.drafts import draft
from posada.people.views.entrusting import entrust, hand_back
from posada.people.views.erasures import erasure, erasures
from posada.people.views.finding import find
from posada.people.views.households import household
from posada.people.views.needs import needs, needs_apart
from posada.people.views.papers import erase_paper, paper_page, papers
from posada.people.views.registering import register, same
from posada.people.views.retention import retention, review
from posada.people.views.sentences import erase as erase_sentence
from posada.people.views.tickets import card_lost, ticket
from posada.people.views.together import together
from posada.people.views.urgent import break_glass, emergency, emergency_write

__all__ = [
    "birth",
    "break_glass",
    "card_lost",
    "claim",
    "claim_answer",
    "claims",
    "consent",
    "correct",
    "draft",
    "emergency",
    "emergency_write",
    "entrust",
    "erase",
    "erase_paper",
    "erase_sentence",
    "erasure",
    "erasures",
    "find",
    "hand_back",
    "history",
    "household",
    "needs",
    "needs_apart",
    "pair",
    "pairs",
    "paper_page",
    "papers",
    "part",
    "register",
    "retention",
    "review",
    "same",
    "take_claim",
    "take_on",
    "ticket",
    "together",
]
