"""Vouchers: what they are for, how they stand, how the receipt was given."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class VoucherKind(StrEnum):
    """What it is for."""

    CASH = "cash"
    FOOD = "food"
    TRANSPORT = "transport"
    CLOTHES = "clothes"
    PHONE = "phone"


class VoucherState(StrEnum):
    """Each is given once; what is cancelled is never given."""

    LEFT = "left"
    GIVEN = "given"
    CANCELLED = "cancelled"


class Receipt(StrEnum):
    """How it was received. A mark alone is no receipt: somebody saw it. Names stand on the paper, nowhere else."""

    SIGNED = "signed"
    MARK = "mark"


VOUCHER_WORDS = {
    VoucherKind.CASH: _("Cash"),
    VoucherKind.FOOD: _("Food"),
    VoucherKind.TRANSPORT: _("Transport"),
    VoucherKind.CLOTHES: _("Clothes"),
    VoucherKind.PHONE: _("Telephone"),
}
RECEIPT_WORDS = {Receipt.SIGNED: _("Signed on paper"), Receipt.MARK: _("A mark on paper, with a witness")}
MOST_VOUCHERS = 500
CURRENCIES = ("COP", "USD", "EUR", "VES")
