"""What a found person may choose, and what each choice means (practice: family links, rule 3)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Choice(StrEnum):
    """The answers of the person who was found."""

    ALREADY_TALK = "already_talk"
    CHECK_FIRST = "check_first"
    GIVE_CONTACT = "give_contact"
    ALIVE_AND_WELL = "alive_and_well"
    RECEIVE_CONTACT = "receive_contact"
    SEND_MESSAGE = "send_message"
    REFUSE = "refuse"
    ASK_LATER = "ask_later"
    NEVER_ASK = "never_ask"


class Reach(StrEnum):
    """To whom a choice applies."""

    THIS_ENQUIRER = "this_enquirer"
    NAMED = "named"
    ANY_RELATIVE = "any_relative"


CHOICE_LABELS = {
    Choice.CHECK_FIRST: _("First check that it is really them. Until then, tell them nothing."),
    Choice.ALREADY_TALK: _("We already talk. Nothing needs to be done."),
    Choice.RECEIVE_CONTACT: _("Give me their contact. I will decide whether I call. Tell them nothing."),
    Choice.ALIVE_AND_WELL: _("Tell them only that I am alive and well. Not where I am."),
    Choice.SEND_MESSAGE: _("Pass on a message from me."),
    Choice.GIVE_CONTACT: _("Give them a way to reach me."),
    Choice.ASK_LATER: _("I do not want to decide today. Ask me later."),
    Choice.REFUSE: _("No. Tell them nothing."),
    Choice.NEVER_ASK: _("No, and do not ask me about this again."),
}

CHOICE_MORE = {
    Choice.CHECK_FIRST: _("We ask you both questions that only your family can answer. Then we ask you again."),
    Choice.ALREADY_TALK: _("They hear nothing from us."),
    Choice.RECEIVE_CONTACT: _("They do not learn that you were found, unless you call."),
    Choice.ALIVE_AND_WELL: _("By this they also learn that we know you. That cannot be taken back."),
    Choice.SEND_MESSAGE: _("By this they also learn that we know you. Say nothing about where you are."),
    Choice.GIVE_CONTACT: _("A contact that was once given cannot be called back."),
    Choice.ASK_LATER: _("They hear nothing. You say when."),
    Choice.REFUSE: _("They hear the same as everybody who asks. Nothing changes for you."),
    Choice.NEVER_ASK: _("It holds until you come and change it yourself."),
}

CHOICE_SHORT = {
    Choice.CHECK_FIRST: _("check first that it is really them"),
    Choice.ALREADY_TALK: _("they already talk"),
    Choice.RECEIVE_CONTACT: _("receive the contact of who asks"),
    Choice.ALIVE_AND_WELL: _("only alive and well"),
    Choice.SEND_MESSAGE: _("send a message"),
    Choice.GIVE_CONTACT: _("give a way to be reached"),
    Choice.ASK_LATER: _("ask later"),
    Choice.REFUSE: _("refuse"),
    Choice.NEVER_ASK: _("refuse, and never be asked again"),
}

REACH_LABELS = {
    Reach.THIS_ENQUIRER: _("Only for this person who asks"),
    Reach.NAMED: _("For the relatives whom I name"),
    Reach.ANY_RELATIVE: _("For any relative who asks"),
}

TELLING = frozenset({Choice.GIVE_CONTACT, Choice.ALIVE_AND_WELL, Choice.SEND_MESSAGE})
# What a person carries out after two agreed. Receiving a contact tells the enquirer nothing, but gives theirs away.
CARRIED_OUT = TELLING | {Choice.RECEIVE_CONTACT}
WITH_WORDS = frozenset({Choice.GIVE_CONTACT, Choice.SEND_MESSAGE})
# After these two may speak with each other: the relationship is checked both ways before (rule 4).
CONTACT = frozenset({Choice.GIVE_CONTACT, Choice.RECEIVE_CONTACT})
# These may reach somebody else who asks, too; the others are for one enquirer alone.
FOR_OTHERS = CARRIED_OUT | {Choice.REFUSE, Choice.NEVER_ASK}
