"""The address of the next page of a list, newest first."""

from django.http import HttpRequest

from posada.oversight.queries.trail import Page

_LARGEST = 2**62


def before_in(request: HttpRequest) -> int | None:
    """The sequence before which the page begins; none on the first page, or if it is no number."""
    typed = request.GET.get("before", "")
    return min(int(typed), _LARGEST) if typed.isascii() and typed.isdigit() else None


def older_url(request: HttpRequest, page: Page) -> str:
    """Where older entries stand; empty on the last page."""
    if page.before is None:
        return ""
    asked = request.GET.copy()
    asked["before"] = str(page.before)
    return f"?{asked.urlencode()}"
