"""How many keys a form costs, from the page as it is served: which stops the Tab key makes, and what is typed at each.

The model is the keystroke-level model (Card, Moran and Newell, 1980), with everything counted that a finger does: each
sign is a key, a capital letter one more (shift), an accent one more (dead key; the ñ has a key of its own), each Tab,
each choice, and Ctrl and Enter at the end. At 40 words a minute (of five signs) a key takes 0.3 s; before each field
stands one act of the mind, 1.35 s. A field behind a fold is no stop as long as the fold is closed.
"""

import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

KEY_SECONDS = 60 / (40 * 5)
MIND_SECONDS = 1.35
SEND = 2  # Ctrl and Enter
ACUTE, DIAERESIS = "\u0301", "\u0308"
HIDDEN_UNTIL_ASKED = ("register__with",)


@dataclass(slots=True)
class Stop:
    """One stop of the Tab key: a field, a group of choices, a list, or something that is only passed."""

    name: str
    kind: str
    keys: dict[str, str] = field(default_factory=dict)  # value -> the key, or the first letters, that pick it


class Stops(HTMLParser):
    """The stops of the one form of a page that is marked as its main one, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stops: list[Stop] = []
        self._open: list[tuple[str, str]] = []
        self._option: tuple[Stop, str] | None = None

    @property
    def _is_inside(self) -> bool:
        return any(mark == "main" for _tag, mark in self._open)

    @property
    def _is_folded(self) -> bool:
        return any(mark == "folded" for _tag, mark in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins: what may be stopped at is noted."""
        held = {name: value or "" for name, value in attrs}
        if self._is_inside and not self._is_folded:
            self._note(tag, held)
        if tag not in {"input", "br", "img", "link", "meta", "path", "rect", "circle"}:
            self._open.append((tag, self._mark(tag, held)))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "option":
            self._option = None

    def handle_data(self, data: str) -> None:
        """The words of an option of a list: its first letter picks it."""
        if self._option and data.strip():
            stop, value = self._option
            stop.keys[value] = data.strip()

    def _mark(self, tag: str, held: dict[str, str]) -> str:
        if tag == "form" and "data-main" in held:
            return "main"
        is_closed = tag == "details" and "open" not in held
        is_hidden = "hidden" in held or any(word in held.get("class", "").split() for word in HIDDEN_UNTIL_ASKED)
        return "folded" if is_closed or is_hidden else ""

    def _note(self, tag: str, held: dict[str, str]) -> None:
        name = held.get("name", "")
        if tag == "option" and self.stops:
            self._option = (self.stops[-1], held.get("value", ""))
        if held.get("tabindex") == "-1" or held.get("type") == "hidden":
            return
        if tag == "input" and held.get("type") == "radio":
            if not (self.stops and self.stops[-1].name == name):
                self.stops.append(Stop(name, "choice"))
            self.stops[-1].keys[held.get("value", "")] = held.get("data-key", "")
        elif tag in {"input", "textarea"}:
            self.stops.append(Stop(name, "text"))
        elif tag == "select":
            self.stops.append(Stop(name, "list"))
        elif tag in {"button", "summary"} or (tag == "a" and "href" in held):
            self.stops.append(Stop("", "passed"))


def stops_of(page: str) -> list[Stop]:
    """The stops of a served page, from its first field on, for the focus stands there."""
    reader = Stops()
    reader.feed(page)
    return reader.stops


def keys_for_text(text: str) -> int:
    """The keys of some words on a Spanish keyboard."""
    count = 0
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        count += 1 + parts[0].isupper() + (ACUTE in parts) + 2 * (DIAERESIS in parts)
    return count


def keys_to_pick(stop: Stop, value: str) -> int:
    """The keys that pick a value: the one key of a choice, or the fewest first letters of a list's words."""
    words = stop.keys[value]
    if stop.kind == "choice":
        return 1 if words else 2
    others = [other.casefold() for key, other in stop.keys.items() if key not in {value, ""}]
    wanted = words.casefold()
    lengths = range(1, len(wanted) + 1)
    return next((n for n in lengths if not any(other.startswith(wanted[:n]) for other in others)), len(wanted))


@dataclass(frozen=True, slots=True)
class Cost:
    """The keys of one form, and the fields that were thought about."""

    keys: int
    fields: int

    @property
    def seconds(self) -> float:
        """How long it takes at 40 words a minute."""
        return self.keys * KEY_SECONDS + self.fields * MIND_SECONDS


def cost_of(stops: list[Stop], typed: dict[str, str]) -> Cost:
    """What it costs to give these values and to send the form. KeyError if the form does not have one of them."""
    wanted = {name: value for name, value in typed.items() if value}
    by_name = {stop.name: place for place, stop in enumerate(stops) if stop.name}
    last = max(by_name[name] for name in wanted)
    keys = last + SEND
    for name, value in wanted.items():
        stop = stops[by_name[name]]
        keys += keys_for_text(value) if stop.kind == "text" else keys_to_pick(stop, value)
    return Cost(keys, len(wanted))
