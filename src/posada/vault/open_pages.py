"""Pages that anybody may read, sealed or open: what the house protects, and how a phone comes to trust it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from posada.ground import clock
from posada.ui.pictures.codes import square_code
from posada.vault import certificate, site

GROUP = 4


@require_GET
def protects(request: HttpRequest) -> HttpResponse:
    """What is promised, and what cannot be."""
    return render(request, "vault/protects.html", {"site": site.current_settings()})


@require_GET
def phones(request: HttpRequest) -> HttpResponse:
    """The steps on a phone, the signs to compare, and a code with the address of this page."""
    try:
        held = certificate.read(site.current_folder())
    except certificate.NoCertificate:
        return render(request, "vault/phones.html", {"held": None})
    signs = [held.fingerprint[at : at + GROUP] for at in range(0, len(held.fingerprint), GROUP)]
    page = {
        "held": held,
        "signs": signs,
        "over": held.state_at(clock.now()) == "over",
        "addresses": [(name, _code(request, name)) for name in held.names if name not in {"127.0.0.1", "::1"}],
        "is_here": request.META.get("REMOTE_ADDR", "") in site.current_settings().unlock_from,
    }
    return render(request, "vault/phones.html", page)


def _code(request: HttpRequest, name: str) -> SafeString:
    port = request.get_port()
    host = f"[{name}]" if ":" in name else name
    return square_code(f"https://{host}:{port}{reverse('vault:phones')}")


@require_GET
def authority(_request: HttpRequest) -> HttpResponse:
    """The certificate that a phone is asked to trust: nothing secret."""
    try:
        held = certificate.read(site.current_folder())
    except certificate.NoCertificate as error:
        raise Http404 from error
    answer = HttpResponse(held.authority, content_type="application/x-x509-ca-cert")
    answer["Content-Disposition"] = 'attachment; filename="posada.crt"'
    return answer
