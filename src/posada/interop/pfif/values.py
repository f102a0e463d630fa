"""Values of PFIF fields that are more than text."""

import re
import textwrap

_OTHER_KEY = re.compile(r"([a-z][a-z0-9_-]*):[ \t]*(.*)")


def parse_boolean(value: str | None) -> bool:
    """True for "true" in any case and for "1"; everything else, misspellings among them, is false."""
    return value is not None and value.strip().lower() in {"true", "1"}


def split_other(text: str) -> dict[str, str]:
    """Take apart the `other` field of versions 1.1 to 1.3: "name: value" with indented lines belonging to it.

    Text that stands outside such a form is returned as "description".
    """
    values: dict[str, list[str]] = {}
    current = "description"
    for line in text.strip("\n").splitlines():
        match = _OTHER_KEY.fullmatch(line)
        if match is not None:
            current = match.group(1)
            values.setdefault(current, []).append(match.group(2))
        else:
            values.setdefault(current, []).append(line)
    found = {key: _joined(lines) for key, lines in values.items()}
    return {key: value for key, value in found.items() if value}


def _joined(lines: list[str]) -> str:
    first, rest = lines[0], "\n".join(lines[1:])
    return (first.strip() + "\n" + textwrap.dedent(rest)).strip()


def join_other(values: dict[str, str]) -> str:
    """Write the `other` field so that `split_other` gives the same values back."""
    blocks = [f"{key}:\n{textwrap.indent(value, '    ', lambda _line: True)}" for key, value in values.items() if value]
    return "\n".join(blocks)
