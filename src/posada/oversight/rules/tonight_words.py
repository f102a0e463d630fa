"""Why something of the beds, of tonight, of a notice or of a move stands in the audit."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TONIGHT_REASONS: dict[str, Any] = {
    "mats": _("mats of a full house"),
    "changed": _("what it is good for"),
    "blocked": _("a bed blocked"),
    "unblocked": _("a bed given again"),
    "wait_ended": _("waits for no bed"),
    "wait_again": _("waits for a bed after all"),
    "waiting": _("who waits for a bed"),
    "ratios": _("the planning ratios"),
    "proposals": _("beds were proposed"),
    "beside": _("an infant beside an adult"),
    "begin": _("a roll call began"),
    "room": _("a room of the roll call"),
    "finish": _("a roll call was finished"),
    "free": _("a bed freed after nights away"),
    "belongings": _("belongings kept"),
    "given": _("belongings handed over"),
    "nights": _("how long a bed is kept"),
    "notice": _("a notice was written down"),
    "steps": _("what was done about a notice"),
    "ended": _("it was withdrawn"),
    "given_up": _("given up"),
    "yes": _("accepted"),
    "full": _("refused: full"),
    "not_all": _("refused: not all together"),
    "cannot": _("refused: cannot help"),
    "look": _("looked at"),
    "exception": _("a child among unrelated adults, by exception"),
    "print_again": _("printed again"),
    "medical": _("a referral to a doctor was begun"),
    "place_counted": _("a place was counted"),
    "exception_ended": _("an exception was ended"),
}
