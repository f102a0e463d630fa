"""Input of the vouchers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import NumberField
from posada.shelter.forms.beds import OnceForm
from posada.shelter.rules.vouchers import (
    CURRENCIES,
    MOST_VOUCHERS,
    RECEIPT_WORDS,
    VOUCHER_WORDS,
    Receipt,
    VoucherKind,
)
from posada.ui.forms import SegmentedChoice, StackedChoice


class SeriesForm(OnceForm):
    """A new series."""

    kind = forms.ChoiceField(
        label=_("What for"), choices=[(one.value, VOUCHER_WORDS[one]) for one in VoucherKind], widget=StackedChoice()
    )
    amount = forms.IntegerField(label=_("Amount of each"), min_value=1, max_value=10_000_000)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(one, one) for one in CURRENCIES], widget=SegmentedChoice(), initial="COP"
    )
    many = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_VOUCHERS)


class VoucherNumberForm(OnceForm):
    """Which voucher."""

    voucher = NumberField(label=_("Number of the voucher"), required=True)


class GiveVoucherForm(VoucherNumberForm):
    """Which voucher, to whom, and how it was received."""

    number = NumberField(label=_("Number of the person"), required=True)
    receipt = forms.ChoiceField(
        label=_("Receipt"),
        help_text=_("On the paper with the voucher's number. Names and marks stand there and nowhere else."),
        choices=[(one.value, RECEIPT_WORDS[one]) for one in Receipt],
        widget=StackedChoice(),
    )
