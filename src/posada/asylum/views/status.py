"""How a person's case stands, for whoever accompanies them: if the person wants it, and no more than that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.asylum.queries.cases import told_of
from posada.asylum.views.cases_shown import due_badge, state_badge
from posada.ground import clock
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records


@require_GET
@calmly
def case_status(request: HttpRequest, number: int) -> HttpResponse:
    """The state and the next day of the cases that the person wants seen; the same words for none and for unseen."""
    actor = require_act(request, Act.SEE_CASE_STATUS)
    person = person_or_404(actor, number)
    records.note(actor, Act.SEE_CASE_STATUS, person.subject)
    today = clock.today()
    rows = [{"number": one.number, "state": state_badge(one.state), "due": due_badge(one.next_on, today)}
            for one in told_of(person)]  # fmt: skip
    return render(request, "asylum/case_status.html", {"person": person, "rows": rows})
