"""Whose household somebody joins: asked by number, answered on the form."""

from django.forms import Form
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor, Refused
from posada.people import services
from posada.people.models import Person
from posada.records.quotas import QuotaReached


def member_on_form(actor: Actor, form: Form) -> Person | None:
    """The person whose number was typed as a member; none, and a sentence on the form, if that cannot be."""
    try:
        return services.member_to_join(by=actor, number=form.cleaned_data["member"])
    except Person.DoesNotExist:
        form.add_error("member", _("Nobody here has this number. Look at the card again."))
    except Refused:
        words = _(
            "This household cannot be joined from here: nobody of it was registered today or is entrusted to you. "
            "Ask whoever accompanies them."
        )
        form.add_error("member", words)
    except QuotaReached as reached:
        form.add_error("member", str(reached))
    return None
