"""What can stand in the way of an act for two persons; each says itself in a sentence."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class NotAllowed(Exception):
    """Something stands in the way. `str()` of it is the sentence for the page, in the reader's language."""

    sentence: ClassVar[Any] = _("This needs a second person.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotAgreed(NotAllowed):
    sentence = _("Nobody has agreed to this yet, and its wait is not over. Nothing was done.")


class StaleApproval(NotAllowed):
    sentence = _("What was asked for has changed since. Nothing was done: look at it again and ask anew.")


class AlreadyAgreed(NotAllowed):
    sentence = _("Somebody has agreed to this already; one second person is enough.")


class SamePerson(NotAllowed):
    sentence = _("Who asks cannot agree as well. Somebody else has to look at it.")


class Stopped(NotAllowed):
    sentence = _("This was stopped. Nothing was done; it can be asked for again.")


class Expired(NotAllowed):
    sentence = _("This was asked for more than a week ago and holds no longer. Ask for it again.")


class AlreadyUsed(NotAllowed):
    sentence = _("This was carried out already. An agreement holds once; ask again for another time.")


class NotTheAsker(NotAllowed):
    sentence = _("Only the one who asked for it carries it out.")


class NotThis(NotAllowed):
    sentence = _("The agreement is for something else. Nothing was done.")


class SecondGone(NotAllowed):
    sentence = _("Who agreed may not agree any longer. Nothing was done: ask for it again.")


class WrongCode(NotAllowed):
    sentence = _(
        "Name and code do not go together. The code changes every half minute, each counts once, and it must be the "
        "one for this kind of act. After five wrong tries no code is taken."
    )
