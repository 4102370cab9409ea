"""Uploads on their way in: measured while they arrive, refused before they have all been sent.

What the form held before the file is kept: a file that was not read to its end reaches its field
as ``Unread``, and the field says so beside everything that was typed.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MEGABYTE = 1024 * 1024
_LENGTH_REQUIRED = 411


class Unread(UploadedFile):
    """Stands for a file that was larger than any form of ours takes. ``size`` is what is known."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(ContentFile(b""), name, size=size)


class Measured(FileUploadHandler):
    """Counts the bytes of each file as they come, whatever the headers say.

    A file over EVIDENCE_FILE_LIMIT is passed over; with a request announced as longer than
    REQUEST_LIMIT nothing is read any more from its first file on.
    """

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrived = 0
        if self.announced > settings.REQUEST_LIMIT:
            self._pass_over(self.announced)
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        self.arrived += len(raw_data)
        if self.arrived > settings.EVIDENCE_FILE_LIMIT:
            self._pass_over(max(self.arrived, min(self.announced, settings.REQUEST_LIMIT)))
            raise SkipFile
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """The next handler has the file."""

    def _pass_over(self, size: int) -> None:
        unread: list[tuple[str, Unread]] = self.request.__dict__.setdefault("unread_files", [])
        unread.append((self.field_name, Unread(str(self.file_name), size)))


class Arriving:
    """Middleware; stands last, where the person and their language are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            # Nobody says how much will come: not one byte of it is read.
            return render(request, "411_length.html", status=_LENGTH_REQUIRED)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if request.method == "POST" and request.content_type == "multipart/form-data":
            files = request.FILES
            for field, unread in getattr(request, "unread_files", ()):
                files.appendlist(field, unread)


class UploadField(forms.FileField):
    """A file of at most EVIDENCE_FILE_LIMIT bytes; one that is not is refused with its size."""

    default_error_messages = {
        "required": gettext_lazy("请选择文件。"),
        "empty": gettext_lazy("文件是空的，请重新选择。"),
    }

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None and (
            isinstance(file, Unread) or file.size > settings.EVIDENCE_FILE_LIMIT
        ):
            raise ValidationError(too_large(str(file.name), file.size), code="too_large")
        return file


class SeveralFiles(forms.FileInput):
    """An input in which several files are chosen at once."""

    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files, as they came: each is judged by itself afterwards, and refused by its name."""

    widget = SeveralFiles
    default_error_messages = {"required": UploadField.default_error_messages["required"]}

    def clean(self, data: Any, _initial: Any = None) -> list[UploadedFile]:
        if not data and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(data or ())


def is_whole(file: UploadedFile, announced: str) -> bool:
    """Whether what arrived is what was sent: ``announced`` is its SHA-256 in hex, "" if unknown."""
    return announced in ("", sha256_of(file))


def sha256_of(file: UploadedFile) -> str:
    """Of what arrived, in hex."""
    arrived = hashlib.sha256()
    for chunk in file.chunks():
        arrived.update(chunk)
    # Whoever reads it next begins at its beginning.
    file.seek(0)
    return arrived.hexdigest()


def all_too_large(size: int) -> str:
    """The sentence for files of ``size`` bytes together, more than one request may bring."""
    return _(
        "一次选了几个文件的，合计有 %(size)s MB，超过一次 %(limit)s MB 的上限：请分几次上传。"
    ) % {"size": round(size / _MEGABYTE, 1), "limit": settings.REQUEST_LIMIT // _MEGABYTE}


def too_large(name: str, size: int) -> str:
    """The sentence for a file of ``size`` bytes."""
    return _(
        "“%(name)s”有 %(size)s MB，超过单个文件 %(limit)s MB 的上限。"
        "请压缩后再传，也可以拆成几个文件。"
    ) % {
        "name": name,
        "size": round(size / _MEGABYTE, 1),
        "limit": settings.EVIDENCE_FILE_LIMIT // _MEGABYTE,
    }
