"""A public notice for other programs. No sign-in; kept as its page is."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from designation.register import open_data as register
from designation.site import clock

from ..stages.objections.queries import counted
from ..stages.public_notice import postings
from ..stages.public_notice.held_up import told
from ..stages.public_notice.text import is_reduced
from ..stages.public_notice.views import on_its_page
from . import open_data


@require_safe
def as_json(request: HttpRequest, pk: int) -> JsonResponse:  # noqa: ARG001 - the same for everybody
    """Three statements, as the page."""
    notice, entries = on_its_page(pk)
    pages = settings.SITE_ADDRESS + reverse("notices:list")
    terms = register.Head(clock.today(), clock.now(), pages)
    wall = open_data.Wall(
        notice=notice,
        entries=entries,
        held_up=told(notice),
        posted=postings.told(notice),
        counted=counted(notice),
        is_reduced=is_reduced(notice, clock.now()),
        pages=pages,
    )
    said = {"publisher": terms.publisher, "licence": terms.licence, "language": get_language()}
    return JsonResponse(
        said | open_data.notice_as_data(wall), json_dumps_params={"ensure_ascii": False}
    )
