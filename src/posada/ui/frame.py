"""What stands around every page: the places one may go, the lock, and whose house this is.

A context processor of an upper room puts a `Frame` (or None: sealed, signing in, an error) under the name
`frame`.
"""

from dataclasses import dataclass

_FEW = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation. `key` is its stable word ("today", "register", "find", ...); it picks the
    mark.

    The first four entries with `primary` stand in the bar of a phone and at the head of a desk's column; all
    others are under More.
    """

    label: str
    url: str
    key: str
    current: bool = False
    count: int | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One step of the guided story of a demonstration: a sentence, one act, and what the person says.

    `act_url` takes a POST of `step` and goes to that step's screen; `here` says that this is the screen.
    """

    step: int
    total: int
    sentence: str
    act_label: str
    act_url: str
    here: bool = False
    says: tuple[tuple[str, str], ...] = ()

    @property
    def after(self) -> int:
        """The number of the next step; 0 after the last."""
        return self.step + 1 if self.step < self.total else 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page for the one who is signed in.

    `lock_url` takes a POST and ends the session. `seal_url` ("" for those who may not) shows a confirmation
    on GET and seals on POST. `language_url` takes a POST of `language` and `next`, as Django's set_language
    does. `role_url` ("" when there is none) is where another role is picked. `idle_seconds` 0 never covers
    the page.
    """

    site_name: str
    place_line: str
    demonstration: bool
    language: str
    role_label: str
    entries: tuple[Entry, ...]
    lock_url: str
    seal_url: str
    language_url: str
    story: Story | None = None
    actor_label: str = ""
    quota_line: str = ""
    backup_line: str = ""
    backup_url: str = ""
    role_url: str = ""
    idle_seconds: int = 600

    @property
    def bar_entries(self) -> tuple[Entry, ...]:
        """The four places that a thumb reaches."""
        return tuple(entry for entry in self.entries if entry.primary)[:4]

    @property
    def more_entries(self) -> tuple[Entry, ...]:
        """The places under More."""
        bar = self.bar_entries
        return tuple(entry for entry in self.entries if entry not in bar)

    @property
    def more_is_current(self) -> bool:
        return any(entry.current for entry in self.more_entries)

    @property
    def more_is_open(self) -> bool:
        """Whether a desk's column shows what is under More: it is short, or one is in it."""
        return self.more_is_current or len(self.more_entries) <= _FEW

    @property
    def more_count(self) -> int:
        """What waits under More, so that a fold hides no work."""
        return sum(entry.count or 0 for entry in self.more_entries)
