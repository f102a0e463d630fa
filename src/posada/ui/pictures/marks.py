"""Small marks on a grid of 24: lines only, in the colour of the words beside them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

MARKS = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "check": '<path d="m4 12.5 5.5 5.5L20 6.5"/>',
    "cross": '<path d="m5.5 5.5 13 13m0-13-13 13"/>',
    "warning": '<path d="M12 3.5 2.5 20h19L12 3.5Z"/><path d="M12 10v4.5M12 17.2v.3"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.3v.3"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.5"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "seal": '<circle cx="12" cy="12" r="9"/><path d="M8.5 8.5l7 7m0-7-7 7"/>',
    "today": ('<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8V6.5M16 2.8V6.5"/>'),
    "register": (
        '<circle cx="10" cy="8" r="4"/><path d="M3 20.5c0-4 3-6.5 7-6.5 1.6 0 3 .4 4.2 1.1M18 '
        '14.5v6.5M14.75 17.75h6.5"/>'
    ),
    "door": '<path d="M6 20.5V3.5h10v17M3 20.5h18M13 12v.3"/>',
    "house": '<path d="M3.5 11.5 12 4l8.5 7.5"/><path d="M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "bed": '<path d="M3 19v-12M3 16h18M21 19v-5a3 3 0 0 0-3-3h-8v5"/><circle cx="6.5" cy="12" r="1.8"/>',
    "family": (
        '<circle cx="8" cy="7" r="3.5"/><circle cx="17" cy="9" r="2.7"/><path d="M2 20c0-4 2.5-6.5 '
        '6-6.5s6 2.5 6 6.5M15.5 14.3c3.5-.6 6 1.5 6.3 5.2"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4.2 3.2-6.5 7.5-6.5s7.5 2.3 7.5 6.5"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4.5-2 1.7a12 12 0 0 0 5.3 5.3l1.7-2 4.5 1.5v3c0 1.5-1 2.5-2.5 '
        '2.5C10.5 20 4 13.5 4 6c0-1.5 1-2.5 2.5-2.5Z"/>'
    ),
    "sound": '<path d="M4 9.5v5h3.5l5 4.5V5l-5 4.5H4Z"/><path d="M16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>',
    "sim": '<path d="M6.5 3.5h7l4 4v13h-11v-17Z"/><path d="M9.5 12h5v5h-5zM12 12v5"/>',
    "ticks": '<path d="m2 12.5 4.5 4.5L15 7M11 15.8l1.2 1.2L21.5 7"/>',
    "photo": (
        '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><circle cx="12" cy="10.3" r="2.4"/>'
        '<path d="M7.2 19.5c0-3 2-4.4 4.8-4.4s4.8 1.4 4.8 4.4"/>'
    ),
    "bin": '<path d="M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10.3 11v5.5M13.7 11v5.5"/>',
    "speech": '<path d="M4 4.5h16v11.5h-9l-4.5 4v-4H4V4.5ZM8 8.7h8M8 12h5"/>',
    "money": (
        '<rect x="3" y="6.5" width="18" height="11" rx="1.5"/><circle cx="12" cy="12" r="2.5"/>'
        '<path d="M4 20.5 20 3.5"/>'
    ),
    "hide": (
        '<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12Z"/>'
        '<circle cx="12" cy="12" r="3"/><path d="M4.5 20 19.5 4"/>'
    ),
    "key": '<circle cx="7.5" cy="12" r="4"/><path d="M11.5 12H21v3.5M17 12v3"/>',
    "case": '<path d="M6 3h8.5L19 7.5V21H6V3Z"/><path d="M14 3v5h5M9 12.5h7M9 16.5h7"/>',
    "aid": ('<path d="M3.5 8 12 3.5 20.5 8v8.5L12 21l-8.5-4.5V8Z"/><path d="m3.5 8 8.5 4.5L20.5 8M12 12.5V21"/>'),
    "figures": '<path d="M4 20.5h16M6.5 20v-7M12 20V4.5M17.5 20v-10"/>',
    "import": '<path d="M12 3.5V15m0 0-4.5-4.5M12 15l4.5-4.5M4 16v4.5h16V16"/>',
    "users": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4.2 3.2-6.5 7.5-6.5s7.5 2.3 7.5 6.5"/>',
    "oversight": (
        '<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 '
        '12Z"/><circle cx="12" cy="12" r="3"/>'
    ),
    "story": (
        '<path d="M12 6.5C10 5 7 4.5 3.5 4.5v13.5c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5c-3.5 '
        '0-6.5.5-8.5 2ZM12 6.5V20"/>'
    ),
    "language": (
        '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5.5 5.5 5.5 12.5 0 18-5.5-5.5-5.5-12.5 0-18Z"/>'
    ),
    "print": '<path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7V14Z"/>',
    "pen": '<path d="m4 20 1-4.5L16.5 4l3.5 3.5L8.5 19 4 20ZM14 6.5l3.5 3.5"/>',
    "arrow": '<path d="M4 12h15m0 0-6-6m6 6-6 6"/>',
    "back": '<path d="M20 12H5m0 0 6-6m-6 6 6 6"/>',
    "more": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "dot": '<circle cx="12" cy="12" r="4"/>',
}

_OPEN = (
    '<svg class="mark" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
)


def mark(name: str, label: str = "") -> SafeString:
    """The mark called `name`; with a `label` it speaks, without one it is only drawn.

    Raises KeyError for a name that is not in MARKS.
    """
    drawing = mark_safe(MARKS[name])  # noqa: S308 - a constant of this module
    opening = mark_safe(_OPEN)  # noqa: S308 - a constant of this module
    if label:
        return format_html('{}role="img" aria-label="{}">{}</svg>', opening, label, drawing)
    return format_html('{}aria-hidden="true" focusable="false">{}</svg>', opening, drawing)
