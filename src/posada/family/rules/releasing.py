"""May what a found person chose be carried out now? One answer with its reason, for the page and for the service."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from posada.family.rules.choices import CARRIED_OUT, CONTACT, TELLING, WITH_WORDS, Choice
from posada.family.rules.forcing import HOLD_LABELS, Hold

DAYS_UNTIL_CALL = 7  # our proposal: after contact, the next call of the new card; half a day before, it rises
DAYS_UNTIL_WORD = 14  # our proposal: after contact, who asked is asked whether they need us any longer


class Obstacle(StrEnum):
    """What stands in the way of carrying a choice out, the gravest first."""

    NOT_SAME = "not_same"
    NOT_ASKED = "not_asked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOTHING_TO_TELL = "nothing_to_tell"
    MINOR = "minor"
    OBJECTED = "objected"
    NEWS = "news"
    CLOSED = "closed"
    FROZEN = "frozen"
    DANGER = "danger"
    FORCED = "forced"
    DOES_NOT_FIT = "does_not_fit"
    NOT_CHECKED = "not_checked"
    NOT_SHARED = "not_shared"
    NO_WORDS = "no_words"
    NO_CHANNEL = "no_channel"
    CHANGED = "changed"


OBSTACLE_LABELS = {
    Obstacle.NOT_SAME: _("It is no longer decided that it is the same person. Nothing may be told."),
    Obstacle.NOT_ASKED: _("The found person has not decided. Nothing may be told."),
    Obstacle.WITHDRAWN: _("The found person took their choice back. Nothing may be told."),
    Obstacle.EXPIRED: _(
        "The choice of the found person has ended; it counts as not asked. Ask them again, in private."
    ),
    Obstacle.NOTHING_TO_TELL: _("What the found person chose tells nobody anything."),
    Obstacle.MINOR: _("Where a child is, or somebody whose age is not known, is never told to who asks."),
    Obstacle.OBJECTED: _("The found person objects to being looked for. Nothing may be told."),
    Obstacle.NEWS: _("Something is noted that a tracing officer has to look at first. Nothing may be told until then."),
    Obstacle.CLOSED: _("The request is closed or has ended. Nothing may be told."),
    Obstacle.FROZEN: _("Everything towards this family stands still. Nothing may be told until that is lifted."),
    Obstacle.DANGER: _("Violence is feared between them. Take counsel first, and write down with whom."),
    Obstacle.FORCED: HOLD_LABELS[Hold.MAY_BE_FORCED],
    Obstacle.DOES_NOT_FIT: HOLD_LABELS[Hold.DOES_NOT_FIT],
    Obstacle.NOT_CHECKED: HOLD_LABELS[Hold.ONE_SIDE],
    Obstacle.NOT_SHARED: _("The one who asks did not allow their contact to be given. Ask them first."),
    Obstacle.NO_WORDS: _(
        "What is to be passed on is not written down, or was passed on already. Ask the person again."
    ),
    Obstacle.NO_CHANNEL: _("No safe way to reach the one who asks is known. Nothing else is ever used."),
    Obstacle.CHANGED: _(
        "Something was changed after two agreed, such as how to reach the one who asks. Ask a second person again."
    ),
}
_HELD = {
    Hold.MAY_BE_FORCED: Obstacle.FORCED,
    Hold.DOES_NOT_FIT: Obstacle.DOES_NOT_FIT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All on which a release depends. `channel`: a safe way to who asks, or they are a resident here.
    `hold` is what the questions of kin say; `in_force`: neither closed nor ended.

    `news`: two persons confirmed news of a death of one of them; the label does not say so to who may not know.
    """

    same: bool
    choice: Choice | None
    withdrawn: bool = False
    holds: bool = True
    minor: bool = True
    objected: bool = False
    news: bool = False
    in_force: bool = True
    frozen: bool = False
    danger: bool = False
    hold: Hold | None = None
    shared: bool = True
    words: bool = True
    channel: bool = True


def obstacle(facts: Facts) -> Obstacle | None:
    """What stands in the way; none if the choice may be carried out."""
    choice = facts.choice
    if choice is None:
        return Obstacle.NOT_ASKED
    held = _HELD.get(facts.hold) if facts.hold else None
    in_the_way = {
        Obstacle.NOT_SAME: not facts.same,
        Obstacle.WITHDRAWN: facts.withdrawn,
        Obstacle.EXPIRED: not facts.holds,
        Obstacle.NOTHING_TO_TELL: choice not in CARRIED_OUT,
        Obstacle.MINOR: facts.minor and choice is Choice.GIVE_CONTACT,
        Obstacle.OBJECTED: facts.objected,
        Obstacle.NEWS: facts.news,
        Obstacle.CLOSED: not facts.in_force,
        Obstacle.FROZEN: facts.frozen,
        Obstacle.DANGER: facts.danger,
        Obstacle.FORCED: held is Obstacle.FORCED,
        Obstacle.DOES_NOT_FIT: held is Obstacle.DOES_NOT_FIT,
        Obstacle.NOT_CHECKED: facts.hold is Hold.ONE_SIDE and choice in CONTACT,
        Obstacle.NOT_SHARED: choice is Choice.RECEIVE_CONTACT and not facts.shared,
        Obstacle.NO_WORDS: choice in WITH_WORDS and not facts.words,
        Obstacle.NO_CHANNEL: choice in TELLING | CONTACT and not facts.channel,
    }
    return next((one for one, stands in in_the_way.items() if stands), None)
