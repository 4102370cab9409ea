"""Why something is refused, told in the form that asked for it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms.forms import BaseForm

from .refusal import Finding


def tell(form: BaseForm, findings: Iterable[Finding], *, at: str | None = None) -> None:
    """Each reason at the field that it names, else at the field ``at``, or above the form."""
    for finding in findings:
        field = finding.field if finding.field in form.fields else at
        form.add_error(field, ValidationError(finding.message, finding.code))
