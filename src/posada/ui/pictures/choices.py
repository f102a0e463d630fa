"""Pictures beside the choices of a found person, for those who do not read: lines only, on a grid of 64.

One idea each, in the colour of the words beside them, so that they read in grey. The words always stand beside them.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_LEFT = '<circle cx="17" cy="24" r="7"/><path d="M5 50c0-9 5-14 12-14s12 5 12 14"/>'
_RIGHT = '<circle cx="47" cy="24" r="7"/><path d="M35 50c0-9 5-14 12-14s12 5 12 14"/>'

PICTURES = {
    # two people, and a word that goes both ways
    "already_talk": f'{_LEFT}{_RIGHT}<path d="M24 10h16m0 0-4-4m4 4-4 4M24 10l4-4m-4 4 4 4"/>',
    # somebody looked at closely, with a question
    "check_first": (
        '<circle cx="27" cy="27" r="19"/><path d="m41 41 15 15"/>'
        '<path d="M21 22c0-4 3-6 6-6s6 2 6 6c0 5-6 5-6 10M27 38v.5"/>'
    ),
    # a telephone number that comes to me
    "receive_contact": (
        f'{_LEFT}<rect x="42" y="18" width="16" height="30" rx="3"/><path d="M48 43h4M38 33H27m0 0 5-5m-5 5 5 5"/>'
    ),
    # somebody, and a heart: nothing of where
    "alive_and_well": (
        '<circle cx="32" cy="17" r="9"/><path d="M12 56c0-15 8-24 20-24s20 9 20 24"/>'
        '<path d="M32 52c-8-5-9-9-7-12 2-2 5-2 7 1 2-3 5-3 7-1 2 3 1 7-7 12Z"/>'
    ),
    # a letter that goes
    "send_message": (
        '<rect x="5" y="17" width="38" height="30" rx="3"/><path d="m5 21 19 15 19-15M46 32h13m0 0-5-5m5 5-5 5"/>'
    ),
    # a telephone number that goes
    "give_contact": '<rect x="8" y="13" width="22" height="40" rx="4"/><path d="M16 47h6M34 33h24m0 0-7-7m7 7-7 7"/>',
    # later
    "ask_later": '<circle cx="32" cy="32" r="24"/><path d="M32 17v15l10 7"/>',
    # a closed door
    "refuse": '<path d="M14 57V8h36v49M6 57h52"/><circle cx="42" cy="34" r="2.5"/>',
    # a bell that is silent
    "never_ask": (
        '<path d="M14 46c5-4 5-9 5-18 0-9 6-15 13-15s13 6 13 15c0 9 0 14 5 18H14Z"/>'
        '<path d="M27 52c1 3 3 4 5 4s4-1 5-4M8 8l48 48"/>'
    ),
}

_OPEN = (
    '<svg class="choice-picture" viewBox="0 0 64 64" width="72" height="72" fill="none" stroke="currentColor"'
    ' stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
)


def choice_picture(name: str) -> SafeString:
    """The picture of one choice. Raises KeyError for a name that is not in PICTURES."""
    opening = mark_safe(_OPEN)  # noqa: S308 - a constant of this module
    drawing = mark_safe(PICTURES[name])  # noqa: S308 - a constant of this module
    return format_html("{}{}</svg>", opening, drawing)
