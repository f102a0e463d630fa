"""The screens of reception."""

from posada.people.views.changing import consent, correct, history, take_on
from posada.people.views.finding import find
from posada.people.views.households import household
from posada.people.views.registering import register, same

__all__ = ["consent", "correct", "find", "history", "household", "register", "same", "take_on"]
