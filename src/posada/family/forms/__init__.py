"""What may be typed in this room, and what is said when it cannot be taken."""

from posada.family.forms.decisions import DecideForm
from posada.family.forms.found import FoundForm, TriedForm, WordForm
from posada.family.forms.relatives import AgreementForm, ContactForm, RelativeForm, StepsForm
from posada.family.forms.requests import REFUSED, RequestForm, SeekForm, UpdateForm

__all__ = [
    "REFUSED",
    "AgreementForm",
    "ContactForm",
    "DecideForm",
    "FoundForm",
    "RelativeForm",
    "RequestForm",
    "SeekForm",
    "StepsForm",
    "TriedForm",
    "UpdateForm",
    "WordForm",
]
