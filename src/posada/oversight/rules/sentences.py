"""An entry of the audit as a sentence: who did what to which pseudonym, and how it ended."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.audit.services import Result
from posada.oversight.rules.words import ACT_WORDS, NOTHING_WORDS, REASON_WORDS

_GROUP = 4
_SHOWN = 12  # hex digits of a pseudonym: 48 bits, so that two of a million persons hardly ever look alike


@dataclass(frozen=True, slots=True)
class Done:
    """What a sentence is made of. `who` is what people call the member of staff; `subject` is a pseudonym or empty."""

    act: str
    result: str
    who: str
    subject: str = ""
    reason: str = ""
    count: int = 1


def short_pseudonym(subject: str) -> str:
    """A pseudonym as it is shown: "4F7A-21BC-90DE"."""
    shown = subject[:_SHOWN].upper()
    return "-".join(shown[start : start + _GROUP] for start in range(0, len(shown), _GROUP))


def act_name(act: str) -> str:
    """What an act is called inside a sentence; a word that nobody has named yet stands as it is."""
    words = ACT_WORDS.get(act)
    return str(words.name) if words else act


def sentence_of(done: Done) -> str:
    """The sentence, without its full stop's time and reason."""
    words = ACT_WORDS.get(done.act)
    values = {
        "who": done.who,
        "whom": short_pseudonym(done.subject) or _("somebody"),
        "act": act_name(done.act),
    }
    if done.result == Result.REFUSED:
        text = _("%(who)s was refused: %(act)s") if not done.subject else _("%(who)s was refused: %(act)s (%(whom)s)")
        return capfirst(text % values)
    if done.result == Result.NOTHING:
        otherwise = NOTHING_WORDS.get(done.act) or _("%(who)s found nothing: %(act)s")
        return capfirst(str(otherwise) % values)
    if words is None:
        return capfirst(_("%(who)s did what is written down as %(act)s") % values)
    return capfirst(str(words.done) % values)


def beside(done: Done) -> str:
    """What stands beside the sentence: the reason in words, and to how many it was done if not to one."""
    parts = [reason_words(done.reason)]
    if done.count > 1:
        parts.append(ngettext("%(count)d record", "%(count)d records", done.count) % {"count": done.count})
    return " · ".join(part for part in parts if part)


def reason_words(reason: str) -> str:
    """A reason in words, part by part: of "index:people.identity" the second has none and stands as it is."""
    said = [str(REASON_WORDS.get(part, part)) for part in reason.split(":")]
    return ", ".join(part for part in said if part)
