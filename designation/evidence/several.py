"""Several files that come with one form: each is judged by itself, and all are taken or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from designation.site.refusal import Finding, Refusal

from .refusals import EvidenceRefused

_Taken = TypeVar("_Taken")


def judged(
    files: Sequence[UploadedFile], judge: Callable[[UploadedFile], _Taken], *, field: str
) -> list[_Taken]:
    """Each as ``judge`` takes it. Raises Refusal with a finding for each that is not taken."""
    taken: list[_Taken] = []
    findings: list[Finding] = []
    for file in files:
        try:
            taken.append(judge(file))
        except EvidenceRefused as refused:
            findings += [replace(finding, field=field) for finding in refused.findings]
    if findings:
        raise Refusal([*findings, to_be_chosen_anew(field)])
    return taken


def to_be_chosen_anew(field: str) -> Finding:
    """A browser gives no file back that it sent."""
    told = _("您填写的内容都还在；附件请全部重新选择一次。")
    return Finding("chosen_anew", "", told, field=field)
