"""Whoever holds a case holds the accounts that were given in it: each has a key and a subject of its own."""

import uuid

from posada.accounts import services as accounts
from posada.accounts.models import Assignment
from posada.asylum.models import Case, Statement


def entrust_accounts(case: Case, *also: uuid.UUID) -> None:
    """Let everybody who holds the case hold its accounts, too, whoever wrote them; `also` one that is to be written."""
    wanted = {*Statement.objects.filter(case=case).values_list("pk", flat=True), *also}
    users = set(Assignment.objects.filter(subject=case.pk).values_list("user_id", flat=True))
    if not users or not wanted:
        return
    held = set(Assignment.objects.filter(subject__in=wanted).values_list("user_id", "subject"))
    for user in users:
        for subject in wanted:
            if (user, subject) not in held:
                accounts.assign(
                    user_id=user, site_id=case.site_id, subject=subject, why=Assignment.Why.FOLLOWS, follows=case.pk
                )
