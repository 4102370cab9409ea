"""Checking a certificate, for everybody; and the certificate itself, for who holds the title."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from designation.evidence.names import disposition
from designation.organizations.requests import PersonRequest
from designation.register import queries as register
from designation.site import clock

from . import keys as signing_keys
from . import printing, queries, rules, signing
from .models import Certificate

_JSON = {"ensure_ascii": False, "indent": 1}


@require_safe
def keys(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"keys": signing_keys.published()}, json_dumps_params=_JSON)


@require_safe
def check(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """How the title of a certificate stands today, and whether the certificate still counts."""
    certificate = get_object_or_404(queries.placed(county, year, number))
    title = register.titles().get(pk=certificate.title_id)
    context = {
        "certificate": certificate,
        "content": certificate.content,
        "title": title,
        "against": register.against(title, clock.today()),
        "replaced_by": getattr(certificate, "superseded_by", None),
        "is_signed": signing.is_signed(
            certificate.content, certificate.signature, certificate.key.public_key
        ),
        "today": clock.today(),
        "valid_until": date.fromisoformat(certificate.content["valid_until"]),
        "may_fetch": _may_fetch(request, certificate),
    }
    return render(request, "certificates/check.html", context)


def _may_fetch(request: HttpRequest, certificate: Certificate) -> bool:
    """In public it is nobody, who fetches nothing."""
    person: Any = request.user
    if not person.is_authenticated:
        return False
    return rules.fetched_by(person).filter(pk=certificate.pk).exists()


@require_safe
def signed(_request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """What is signed, as it is attached to the certificate."""
    certificate = get_object_or_404(queries.placed(county, year, number))
    return HttpResponse(printing.signed(certificate), content_type="application/json")


@login_required
@require_GET
def file(request: PersonRequest, county: str, year: int, number: int) -> HttpResponse:
    mine = rules.fetched_by(request.user).order_by().values("pk")
    rows = queries.placed(county, year, number).filter(pk__in=mine)
    certificate = rows.select_related("design__crest").first()
    if certificate is None:
        raise Http404
    answer = HttpResponse(printing.certificate_pdf(certificate), content_type="application/pdf")
    name = f"{certificate.content['organization']}{certificate.content['heading']}.pdf"
    answer["Content-Disposition"] = disposition(name, plain="certificate")
    return answer
