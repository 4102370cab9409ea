"""A form sent to its view: checked and carried out, what is refused told at its field.

One that creates is carried out once for its key.
"""

from collections.abc import Callable
from typing import Any

from django.forms.forms import BaseForm
from django.http import HttpRequest

from . import request_keys
from .refusal import Refusal
from .telling import tell


class _NotValid(Exception):
    """Leaves the key unused."""


def create(
    request: HttpRequest,
    form: BaseForm,
    make: Callable[[Any], str],
    *,
    refusals: tuple[type[Exception], ...] = (),
    refused_at: str | None = None,
    sent_before: str = "",
) -> str | None:
    """Make what a valid form asks for; returns the address to lead to, None when it is refused.

    A form sent twice is not even checked twice: what it made the first time would be in its way.
    ``make`` takes the form and returns an address; what it raises of ``refusals`` is told at the
    field that the refusal names, at ``refused_at``, or above the form, under the refusal's code.
    ``sent_before`` is what to say, in place of our own sentence, to who sends other content under
    a key that was used.
    """

    def work() -> str:
        if not form.is_valid():
            raise _NotValid
        return make(form)

    try:
        return request_keys.once(request_keys.sent(request), work, person=request.user)
    except _NotValid:
        return None
    except request_keys.SentBefore as before:
        # Read by the form's template: the next press carries a key of its own.
        form.key_is_used = True  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            form.made = before.answer  # type: ignore[attr-defined]
        form.add_error(None, sent_before or str(before))
    except refusals as refused:
        _tell(form, refused, at=refused_at)
    return None


def kept(form: BaseForm, keep: Callable[[Any], object], *, at: str | None = None) -> bool:
    """Whether the form is valid and ``keep``, which takes it, did not refuse what it says."""
    if not form.is_valid():
        return False
    try:
        keep(form)
    except Refusal as refused:
        tell(form, refused.findings, at=at)
        return False
    return True


def _tell(form: BaseForm, refused: Exception, *, at: str | None) -> None:
    if isinstance(refused, Refusal):
        tell(form, refused.findings, at=at)
    else:
        form.add_error(at, str(refused))
