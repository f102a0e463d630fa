"""The frame around every page: who is signed in, where they may go."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"frame": None}
