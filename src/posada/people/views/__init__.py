"""The screens of reception."""

from posada.people.views.changing import consent, correct, history, take_on
from posada.people.views.finding import find
from posada.people.views.households import household
from posada.people.views.registering import register, same
from posada.people.views.urgent import break_glass, emergency, emergency_write

__all__ = [
    "break_glass",
    "consent",
    "correct",
    "emergency",
    "emergency_write",
    "find",
    "history",
    "household",
    "register",
    "same",
    "take_on",
]
