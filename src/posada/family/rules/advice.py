"""What to do when somebody does not answer, or when something worries: plain steps, in order."""

from django.utils.translation import gettext as _

from posada.family.rules.silence import Silence, Urgency

HARMLESS_TRIES = 3  # a telephone that rings often can itself be dangerous


def advice(found: Silence, *, tries: int, risk: bool, agreed_words: bool) -> tuple[str, ...]:
    """Sentences for whoever holds the card. `tries` are the unanswered calls since the last news."""
    if found.urgency is Urgency.STOPPED:
        return (_("Contact was stopped. Nobody calls or writes until the resident asks for it again."),)
    if found.urgency is Urgency.WORRYING:
        return _when_worrying(agreed_words=agreed_words)
    steps: list[str] = []
    if tries >= HARMLESS_TRIES:
        steps.append(_("Do not call again today: a telephone that rings often can endanger its owner."))
    elif found.urgency is Urgency.SILENT:
        steps.append(_("Try once more, by voice, only within the safe hours. Do not leave a message."))
    if found.urgency is Urgency.SILENT or tries:
        steps.append(_("Tell the resident in private what was tried. Power cuts are common."))
        steps.append(_("Ask whom the resident trusts to go and look; the resident decides."))
    if risk and found.urgency is Urgency.SILENT:
        steps.append(_("There is a known risk: speak with the caseworker on duty before trying more."))
    return tuple(steps)


def _when_worrying(*, agreed_words: bool) -> tuple[str, ...]:
    check = (
        _("Check with the agreed words before anything is believed; the person may be speaking under force.")
        if agreed_words
        else _("Ask something only the family knows before anything is believed; no words were agreed.")
    )
    return (
        check,
        _("Write down what was said, when, and by which channel. Nobody pays anything."),
        _("Ask the resident whether a lawyer or a documenting body may be told. Nobody is told without a yes."),
    )
