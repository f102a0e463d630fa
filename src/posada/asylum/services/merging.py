"""Two files of one person: that they were at a session goes to the leading one.

Cases and accounts stay under the number under which they were opened: nothing of merging may tell that there are any.
"""

from posada.people.models import Person
from posada.people.services.merging import Answers, Moved, Room, move_rows

_STAY = frozenset({"asylum.Case", "asylum.InCase", "asylum.Statement", "asylum.AccountDraft"})


def _move(leading: Person, other: Person, _answers: Answers, moved: Moved) -> None:
    move_rows("asylum", leading, other, moved, _STAY)


ROOM = Room(move=_move)
