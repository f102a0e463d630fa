"""What the acts of a case are called, and why one stands in the audit."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.oversight.rules.act_words import ActWords

ASYLUM_WORDS: dict[str, ActWords] = {
    Act.READ_LEGAL: ActWords(_("opening the asylum file"), _("%(who)s opened the asylum file of %(whom)s")),
    Act.OPEN_CASE: ActWords(_("opening a case"), _("%(who)s opened a case for %(whom)s")),
    Act.WRITE_CASE: ActWords(_("writing in a case"), _("%(who)s wrote in the case of %(whom)s")),
    Act.SEE_CASES: ActWords(_("looking at one's cases"), _("%(who)s looked at their cases")),
    Act.SEE_DUE: ActWords(_("looking at what is due"), _("%(who)s looked at what is due, by number")),
    Act.SEE_CASE_STATUS: ActWords(_("looking how a case stands"), _("%(who)s looked how a case of %(whom)s stands")),
    Act.READ_STATEMENT: ActWords(_("opening an account"), _("%(who)s opened the account of %(whom)s")),
    Act.WRITE_STATEMENT: ActWords(_("writing an account"), _("%(who)s wrote in the account of %(whom)s")),
    Act.HAND_CASE: ActWords(_("handing a case over"), _("%(who)s handed a case over: %(whom)s")),
    Act.HOLD_SESSION: ActWords(
        _("holding an information session"), _("%(who)s wrote down who was at an information session: %(whom)s")
    ),
    Act.SEE_LEGAL_AID: ActWords(_("looking who gives legal help"), _("%(who)s looked who gives legal help")),
    Act.SEE_OPTIONS: ActWords(_("looking at options"), _("%(who)s looked at a country's options")),
    Act.READ_GUIDE: ActWords(_("reading a guide"), _("%(who)s read a country's guide")),
    Act.EDIT_GUIDE: ActWords(_("proposing a change of a guide"), _("%(who)s proposed a change of a country's guide")),
    Act.TAKE_ON_GUIDE: ActWords(
        _("deciding on a change of a guide"), _("%(who)s decided on a change of a country's guide")
    ),
}

ASYLUM_REASONS: dict[str, Any] = {
    "nationality": _("nationality"),
    "dates": _("the dates"),
    "members": _("who is in it"),
    "steps": _("what was done"),
    "meetings": _("interviews and appointments"),
    "papers": _("its papers"),
    "decisions": _("decisions, appeals and permits"),
    "case_state": _("how it stands"),
    "who_sees": _("who may see how it stands"),
    "names_marked": _("names were replaced by marks"),
    "case_handed_over": _("handed to another lawyer"),
    "account": _("the account"),
    "account_handed_over": _("an account handed over"),
    "case": _("the case"),
    "sentence_erased": _("a sentence was erased"),
}
