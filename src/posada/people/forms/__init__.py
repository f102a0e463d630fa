"""What may be typed, and what is said when it cannot be taken."""

from posada.people.forms.consent import ConsentForm
from posada.people.forms.household import JoinForm
from posada.people.forms.identity import CorrectForm, IdentityForm
from posada.people.forms.lines import HouseholdLines, LineForm, TogetherForm
from posada.people.forms.register import Company, RegisterForm
from posada.people.forms.search import FindForm

__all__ = [
    "Company",
    "ConsentForm",
    "CorrectForm",
    "FindForm",
    "HouseholdLines",
    "IdentityForm",
    "JoinForm",
    "LineForm",
    "RegisterForm",
    "TogetherForm",
]
