"""The certificates of a title on pages of other rooms: `{% certificates_of title as found %}`."""

from datetime import date
from pathlib import Path

from django import template
from django.http import HttpRequest

from designation.register.models import Designation

from .. import queries, rules
from ..models import Certificate

register = template.Library()
_SCRIPT = Path(__file__).parents[1] / "check_certificate.txt"


@register.simple_tag
def certificates_of(title: Designation, on: date | str | None = None) -> list[Certificate]:
    """All that were issued of it, by the day that the page speaks of, if any; the last first."""
    return list(queries.of_title(title, on if isinstance(on, date) else None))


@register.simple_tag
def checking_script() -> str:
    """The script of docs/certificates.md, for whoever stands before a check page."""
    return _SCRIPT.read_text(encoding="utf-8")


@register.simple_tag
def office_of(title: Designation, request: HttpRequest) -> rules.Office:
    """What the person may do about the certificates of the title."""
    return rules.office(title, request.user)
