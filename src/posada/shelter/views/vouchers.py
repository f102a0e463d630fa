"""Vouchers on screens: given at the desk by number, kept by the manager."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Refused
from posada.people.models import Person
from posada.people.services import look_for_number
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent
from posada.shelter.forms.vouchers import GiveVoucherForm, SeriesForm, VoucherNumberForm
from posada.shelter.models.vouchers import VoucherSeries
from posada.shelter.rules.vouchers import VOUCHER_WORDS, Receipt, VoucherKind
from posada.shelter.services import vouchers
from posada.shelter.services.vouchers import NotLeft


def _lines(found: list[vouchers.Balance]) -> list[tuple[str, vouchers.Balance]]:
    return [(str(VOUCHER_WORDS[VoucherKind(one.series.kind)]), one) for one in found]


def _not_left() -> str:
    return _("No voucher with this number is left: it was given or cancelled. Nothing was changed. Take another.")


@require_http_methods(["GET", "POST"])
@calmly
def give(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.GIVE_VOUCHER)
    form = GiveVoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = look_for_number(actor, said["number"])
            receipt = Receipt(said["receipt"])
            vouchers.give(by=actor, number=said["voucher"], person=person, receipt=receipt, once=said["once"])
            messages.success(request, _("Given. Keep the paper receipt in the locked box, not with the file."))
            return redirect("shelter:give_voucher")
        except (Person.DoesNotExist, Refused):
            form.add_error("number", _("Nobody here has this number. Look at the card again."))
        except NotLeft:
            form.add_error("voucher", _not_left())
        except AlreadySent:
            return redirect("shelter:give_voucher")
    context = {"form": form, "lines": _lines(vouchers.balances(actor))}
    return render(request, "shelter/give_voucher.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def had(request: HttpRequest, person_number: int) -> HttpResponse:
    """How many of each kind one person had, for their caseworker: a number and counts, no name and no voucher."""
    actor = require_act(request, Act.READ_NEEDS)
    person = person_or_404(actor, person_number)
    rows = vouchers.had_by(by=actor, person=person)
    lines = [(VOUCHER_WORDS[one.kind], one.many) for one in rows]
    return render(request, "shelter/vouchers_had.html", {"person": person, "lines": lines})


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.KEEP_VOUCHERS)
    cancels = "voucher" in request.POST
    form = SeriesForm(request.POST if request.method == "POST" and not cancels else None)
    lost = VoucherNumberForm(request.POST if cancels else None)
    try:
        if cancels and lost.is_valid():
            vouchers.cancel(by=actor, number=lost.cleaned_data["voucher"], once=lost.cleaned_data["once"])
            messages.success(request, _("Cancelled. It is never given."))
            return redirect("shelter:keep_vouchers")
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            made = vouchers.make_series(
                by=actor,
                kind=VoucherKind(said["kind"]),
                amount=said["amount"],
                currency=said["currency"],
                many=said["many"],
                once=said["once"],
            )
            return redirect("shelter:print_vouchers", series_id=made.pk)
    except NotLeft:
        lost.add_error("voucher", _not_left())
    except AlreadySent:
        return redirect("shelter:keep_vouchers")
    context = {"form": form, "lost": lost, "lines": _lines(vouchers.balances(actor))}
    return render(request, "shelter/keep_vouchers.html", context, status=422 if form.errors or lost.errors else 200)


@require_GET
def print_vouchers(request: HttpRequest, series_id: int) -> HttpResponse:
    actor = require_act(request, Act.KEEP_VOUCHERS)
    series = VoucherSeries.objects.visible_to(actor).filter(pk=series_id).first()
    if series is None:
        raise Http404
    context = {
        "series": series,
        "kind": VOUCHER_WORDS[VoucherKind(series.kind)],
        "numbers": vouchers.numbers_left(actor, series),
    }
    return render(request, "shelter/print_vouchers.html", context)
