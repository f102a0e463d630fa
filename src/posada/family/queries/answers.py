"""What an enquirer is told."""

from posada.family.models import TracingRequest
from posada.family.rules.answer import neutral_answer


def enquirer_answer(_request: TracingRequest) -> tuple[str, ...]:
    """The answer to who asks: the same for every request, whatever is known, and after a release, too.

    What was released is told by a person, never by this page; so nothing of the request is looked at.
    """
    return neutral_answer()
