"""A creating form sent to its view: checked and carried out once for its key."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.forms import BaseForm
from django.http import HttpRequest

from . import request_keys
from .refusal import Refusal


class _NotValid(Exception):
    """Leaves the key unused."""


def create(
    request: HttpRequest,
    form: BaseForm,
    make: Callable[[Any], str],
    *,
    holding: AbstractContextManager[Any] | None = None,
    refusals: tuple[type[Exception], ...] = (),
    refused_at: str | None = None,
    sent_before: str = "",
) -> str | None:
    """Make what a valid form asks for; returns the address to lead to, None when it is refused.

    A form sent twice is not even checked twice: what it made the first time would be in its way.
    ``make`` takes the form and returns an address; what it raises of ``refusals`` is told at the
    field ``refused_at``, or above the form, under the refusal's code. What must not change
    meanwhile is locked by ``holding`` before the form is checked. ``sent_before`` is what to say,
    in place of our own sentence, to who sends other content under a key that was used.
    """

    def work() -> str:
        with holding or nullcontext():
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
        code = refused.code if isinstance(refused, Refusal) else None
        form.add_error(refused_at, ValidationError(str(refused), code))
    return None
