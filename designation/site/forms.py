"""Django's forms with fields that take text as the site takes it; every form imports these.

A text is kept as written and cleaned (``standards.characters``): in one line, unless its input
has several. Figures, codes and days are read in the spellings people use. What is too long is
told, never cut: the browser counts (``data-longest``) and the server says how many are too many.
"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms import (
    BooleanField,
    BoundField,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    FileField,
    FileInput,
    Form,
    HiddenInput,
    ModelChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    NumberInput,
    PasswordInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)
from django.forms.models import ModelFormMetaclass
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy

from standards.characters import kept, line, plain

from .dates import day_in, moment_in
from .text import excess_told

__all__ = [
    "BooleanField",
    "BoundField",
    "CharField",
    "CheckboxSelectMultiple",
    "ChoiceField",
    "DateField",
    "DateInput",
    "DateTimeField",
    "DateTimeInput",
    "DecimalField",
    "EmailField",
    "Field",
    "FileField",
    "FileInput",
    "Form",
    "HiddenInput",
    "IntegerField",
    "ModelChoiceField",
    "ModelForm",
    "ModelMultipleChoiceField",
    "MultipleChoiceField",
    "NumberInput",
    "PasswordInput",
    "RadioSelect",
    "Select",
    "TextInput",
    "Textarea",
    "ValidationError",
]


# Django says that a field is required; ours says what to do. For every form, also Django's own.
_TO_DO: dict[type[Field], Any] = {
    Field: gettext_lazy("请填写这一项。"),
    BooleanField: gettext_lazy("请先勾选，再提交。"),
    ChoiceField: gettext_lazy("请选择一项。"),
    MultipleChoiceField: gettext_lazy("请至少选择一项。"),
    ModelChoiceField: gettext_lazy("请选择一项。"),
    FileField: gettext_lazy("请选择文件。"),
}
for _kind, _told in _TO_DO.items():
    _own = vars(_kind).get("default_error_messages", {})
    _kind.default_error_messages = {**_own, "required": _told}

# Django repeats what was sent, which is a key of ours where a page showed a name; whoever chose
# from a page chose what was there then. A form that knows what took it away says that.
NOT_OFFERED = gettext_lazy(
    "您选的不在现在的选项中，可能是打开页面后有了变化，请按现在的选项重新选择。"
)
for _kind in (ChoiceField, MultipleChoiceField, ModelChoiceField, ModelMultipleChoiceField):
    _gone = dict.fromkeys(("invalid_choice", "invalid_pk_value"), NOT_OFFERED)
    _kind.default_error_messages = {**vars(_kind)["default_error_messages"], **_gone}


@deconstructible
class Longest(MaxLengthValidator):
    """Says by how much a text is too long; a line break counts one."""

    def __call__(self, value: str) -> None:
        limit = self.limit_value() if callable(self.limit_value) else self.limit_value
        if len(value) > limit:
            raise ValidationError(excess_told(limit, len(value)), code="max_length")


class _Counted:
    """A length that is told: no ``maxlength``, by which browsers cut what is pasted."""

    validators: list[Any]

    def _count(self) -> None:
        self.validators = [
            Longest(check.limit_value) if isinstance(check, MaxLengthValidator) else check
            for check in self.validators
        ]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        longest = attrs.pop("maxlength", None)
        return attrs if longest is None else attrs | {"data-longest": longest}


class CharField(_Counted, forms.CharField):
    """Text as written, cleaned; one line unless its widget is a textarea. A password as typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._count()

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text or isinstance(self.widget, PasswordInput):
            return text
        taken = kept(text) if isinstance(self.widget, Textarea) else line(text)
        return taken or self.empty_value


class EmailField(_Counted, forms.EmailField):
    """An address; full-width letters and ＠ are read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._count()

    def to_python(self, value: Any) -> Any:
        return plain(str(super().to_python(value) or ""))


class _Keyboard:
    """Asks a phone for the keyboard that fits."""

    inputmode: str

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        return attrs | {"inputmode": self.inputmode}


class IntegerField(_Keyboard, forms.IntegerField):
    """A whole number, in full-width digits too."""

    inputmode = "numeric"

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value) if isinstance(value, str) else value)


class DecimalField(_Keyboard, forms.DecimalField):
    """A number, in full-width digits too."""

    inputmode = "decimal"

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value) if isinstance(value, str) else value)


class _AsTyped:
    """An input of the browser's own for days, which becomes a plain one for what it cannot show."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        if isinstance(shown, str) and not self._fits(shown):
            context["widget"]["type"] = "text"
            context["widget"]["attrs"].pop("type", None)
        return context

    def _fits(self, shown: str) -> bool:
        try:
            self._read(shown)
        except ValueError:
            return False
        return True

    def _read(self, shown: str) -> Any:
        raise NotImplementedError


class DateInput(_AsTyped, forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def _read(self, shown: str) -> Any:
        return date.fromisoformat(shown)


class DateTimeInput(_AsTyped, forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def _read(self, shown: str) -> Any:
        return datetime.strptime(shown, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - only tried, never kept


class DateField(forms.DateField):
    """A day in any of the spellings that ``site.dates`` reads."""

    widget = DateInput
    default_error_messages = {
        "invalid": gettext_lazy("请填写日期，例如 2026年3月2日 或 2026-3-2。"),
    }

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not plain(value):
            return super().to_python(None if isinstance(value, str) else value)
        try:
            return day_in(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class DateTimeField(forms.DateTimeField):
    """A moment of Chinese local time in any of the spellings that ``site.dates`` reads."""

    widget = DateTimeInput
    default_error_messages = {
        "invalid": gettext_lazy("请填写日期和时间，例如 2026年3月2日 17:30。"),
    }

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not plain(value):
            return super().to_python(None if isinstance(value, str) else value)
        try:
            return moment_in(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


# The first that fits; an e-mail address is a text too.
_FORM_FIELDS: tuple[tuple[type[models.Field], type[Field]], ...] = (
    (models.EmailField, EmailField),
    (models.CharField, CharField),
    (models.TextField, CharField),
    (models.DateTimeField, DateTimeField),
    (models.DateField, DateField),
    (models.IntegerField, IntegerField),
    (models.DecimalField, DecimalField),
)


def field_for(field: models.Field, **asked: Any) -> Field | None:
    """The form field of a model's field; the hook of every ``ModelForm``."""
    ours = next((form for kind, form in _FORM_FIELDS if isinstance(field, kind)), None)
    return field.formfield(**({"form_class": ours} if ours else {}) | asked)


class _OurFields(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        if meta := attrs.get("Meta"):
            meta.formfield_callback = staticmethod(field_for)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(forms.ModelForm, metaclass=_OurFields):
    """A form of a model's fields, each taken as the others here."""
