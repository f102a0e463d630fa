"""What the fields and their fixed answers are called on screens."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posada.people.rules.contents import Answer, ConsentPurpose, HouseholdRelation, Sex

FIELD_LABELS = {
    "given_names": _("Given names"),
    "surnames": _("Surnames"),
    "full_name": _("Name as it stands on the list"),
    "other_names": _("Other names"),
    "call_name": _("Call-name"),
    "sex": _("Sex"),
    "birth": _("Birth or age"),
    "origin": _("Comes from"),
    "mother": _("Mother"),
    "father": _("Father"),
    "nationalities": _("Nationalities"),
    "languages": _("Languages"),
    "description": _("Description"),
    "arrived_on": _("Arrived on"),
    "arrival_place": _("Arrived at"),
    "household_relation": _("In the household"),
    "document": _("Document"),
    "list_name": _("List"),
    "phone": _("Phone"),
    "other": _("Another way"),
}

SEX_WORDS = {
    Sex.FEMALE: pgettext_lazy("sex", "Woman"),
    Sex.MALE: pgettext_lazy("sex", "Man"),
    Sex.OTHER: pgettext_lazy("sex", "Other"),
    Sex.UNKNOWN: "",
}

RELATION_WORDS = {
    HouseholdRelation.HEAD: _("Speaks for the household"),
    HouseholdRelation.PARTNER: _("Partner"),
    HouseholdRelation.CHILD: _("Daughter or son"),
    HouseholdRelation.PARENT: _("Mother or father"),
    HouseholdRelation.SIBLING: _("Sister or brother"),
    HouseholdRelation.GRANDPARENT: _("Grandmother or grandfather"),
    HouseholdRelation.GRANDCHILD: _("Grandchild"),
    HouseholdRelation.OTHER: _("Another relation"),
}

PURPOSE_WORDS = {
    ConsentPurpose.BE_FOUND: _("Relatives may learn that this person is alive"),
    ConsentPurpose.SHARE_WITH_TRACING: _("The details may be compared with lists of other organisations"),
    ConsentPurpose.REFERRAL: _("Needs may be told to an organisation that can help"),
}

ANSWER_WORDS = {
    Answer.YES: pgettext_lazy("consent", "Yes"),
    Answer.NO: pgettext_lazy("consent", "No"),
    Answer.NOT_ASKED: pgettext_lazy("consent", "Not asked yet"),
}
