"""What to do when somebody does not answer, or when something worries: plain steps, in order, that fit the card."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from posada.family.rules.calling import HARMLESS_TRIES, Reach, Why
from posada.family.rules.silence import Silence, Urgency


class Todo(StrEnum):
    """A step that somebody can take, and tick."""

    HANG_UP = "hang_up"
    TELL_RESIDENT = "tell_resident"
    COLLEAGUE = "colleague"
    CHECK = "check"
    WRITE_DOWN = "write_down"
    OTHER_WAY = "other_way"
    TRUSTED = "trusted"
    LAWYER = "lawyer"
    NEW_WORDS = "new_words"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the steps depend on. `tries` are the unanswered calls since the last news; `other_ways` and `trusted` are
    the resident's own words, empty where nothing is known.
    """

    found: Silence
    reach: Reach
    reach_words: str = ""
    tries: int = 0
    is_risky: bool = False
    agreed_words: bool = False
    alarmed: bool = False
    other_ways: str = ""
    trusted: str = ""
    has_request: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what to do. One without `todo` is a rule to keep, not a step to tick."""

    text: str
    todo: Todo | None = None


def advice(now: Situation) -> tuple[Line, ...]:
    """The lines for whoever holds the card, in the order in which they are done."""
    if now.reach.why in {Why.STOPPED, Why.FROZEN, Why.WITHHELD}:
        lines = (Line(now.reach_words),)
        return lines if now.reach.why is Why.STOPPED else (*lines, *_without_calling(now))
    if now.alarmed:
        return _after_alarm()
    if now.found.urgency is Urgency.WORRYING:
        return (*_when_worrying(now), *_to_talk_over())
    if now.found.urgency is not Urgency.SILENT and not now.tries:
        return ()
    return (*_calling(now), *_without_calling(now))


def _calling(now: Situation) -> tuple[Line, ...]:
    """Whether to call once more: one call at a time, within the safe hours, and few in all."""
    lines = []
    if now.is_risky and now.found.urgency is Urgency.SILENT:
        text = _("There is a known risk: speak with the caseworker on duty before trying more.")
        lines.append(Line(text, Todo.COLLEAGUE))
    if not now.reach.may:
        lines.append(Line(now.reach_words))
    elif now.tries >= HARMLESS_TRIES:
        lines.append(Line(_("At most one more call today, by voice. Do not leave a message.")))
    elif now.found.urgency is Urgency.SILENT:
        lines.append(Line(_("Try once more, by voice, only within the safe hours. Do not leave a message.")))
    if now.tries >= HARMLESS_TRIES and not now.reach.may:
        lines.append(Line(_("Do not call again today: a telephone that rings often can endanger its owner.")))
    return tuple(lines)


def _without_calling(now: Situation) -> tuple[Line, ...]:
    """What can be done without ringing; more of it once several calls went unanswered."""
    if now.found.urgency is not Urgency.SILENT and not now.tries:
        return ()
    lines = [Line(_("Tell the resident in private what was tried. Power cuts are common."), Todo.TELL_RESIDENT)]
    if now.reach.why not in {Why.FROZEN, Why.WITHHELD}:
        if now.other_ways:
            text = _("Try the other way that is known: %(way)s") % {"way": now.other_ways}
        else:
            text = _("Ask the resident for another safe way to reach them, and write it on the card.")
        lines.append(Line(text, Todo.OTHER_WAY))
        if now.trusted:
            text = _("Ask the resident whether %(who)s may go and look; the resident decides.") % {"who": now.trusted}
        else:
            text = _("Ask whom the resident trusts to go and look; the resident decides.")
        lines.append(Line(text, Todo.TRUSTED))
    return (*lines, *(_to_talk_over(has_request=now.has_request) if now.tries >= HARMLESS_TRIES else ()))


def _to_talk_over(*, has_request: bool = True) -> tuple[Line, ...]:
    """Who else may be told, with the resident's yes."""
    text = _("Ask the resident whether a lawyer or a documenting body may be told. Nobody is told without a yes.")
    lines = [Line(text, Todo.LAWYER)]
    if not has_request:
        text = _("If nobody knows where they are, a tracing request can be opened; the resident decides.")
        lines.append(Line(text, Todo.REQUEST))
    return tuple(lines)


def _when_worrying(now: Situation) -> tuple[Line, ...]:
    check = (
        _("Check with the agreed words before anything is believed; the person may be speaking under force.")
        if now.agreed_words
        else _("Ask something only the family knows before anything is believed; no words were agreed.")
    )
    return (
        Line(check, Todo.CHECK),
        Line(_("Write down what was said, when, and by which channel. Nobody pays anything."), Todo.WRITE_DOWN),
    )


def _after_alarm() -> tuple[Line, ...]:
    return (
        Line(_("Hang up. Nothing that was said is believed, nothing is told, nothing is paid."), Todo.HANG_UP),
        Line(_("Nobody calls back, and nobody answers from another telephone of the house.")),
        Line(_("Tell the resident in private, with time, and not alone."), Todo.TELL_RESIDENT),
        Line(_("Write down what was said, when, and by which channel. Nobody pays anything."), Todo.WRITE_DOWN),
        Line(_("Speak with the caseworker on duty: who else of this family must be warned?"), Todo.COLLEAGUE),
        *_to_talk_over(),
        Line(_("Agree new words, by a way that whoever forced them does not know."), Todo.NEW_WORDS),
    )
