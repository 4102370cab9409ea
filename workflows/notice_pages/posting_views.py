"""Where a notice was posted, as the coordinator enters it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal

from ..by_form import by_form
from ..stages.public_notice import postings
from ..stages.public_notice.forms import PostingForm
from .views import handled, manage_page


@login_required
@require_POST
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """What was typed stays where it was refused; the picture is to be chosen anew."""
    notice = handled(request, pk)
    if postings.recording_role(notice, request.user) is None:
        raise Http404
    form = PostingForm(request.POST, request.FILES)

    def make(form: Any) -> str:
        said = {name: form.cleaned_data[name] for name in postings.SAID}
        postings.record(notice, said, form.picture, **by_form(request))
        return reverse("notices:manage", args=[notice.pk])

    if address := create(request, form, make, refusals=(Refusal,)):
        messages.success(request, _("张贴情况已登记。"))
        return redirect(address)
    return manage_page(request, pk, REFUSED, posting_form=form)
