"""Inputs written straight away, as Django's templates write them.

A section page has some fifty inputs, for which Django includes three hundred small templates:
a fifth of its processor time. What is not known here is left to the templates.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

Widget = Mapping[str, Any]

_PLACE = "django/forms/widgets"


class InputRenderer(DjangoTemplates):
    """Django's own renderer, but for the inputs that most pages are made of."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        write = WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return write(context["widget"]).strip()


def text(value: Any) -> str:
    """``value`` as it may stand in a page: escaped, unless it says that it is one already.

    As Django's ``conditional_escape``, of which a section page has a thousand.
    """
    return str(value.__html__() if hasattr(value, "__html__") else escape(str(value)))


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {text(name)}" if value is True else f' {text(name)}="{text(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    typed = "" if value is None else f' value="{text(str(value))}"'
    kind, name = text(widget["type"]), text(widget["name"])
    return f'<input type="{kind}" name="{name}"{typed}{_attributes(widget)}>'


def _option(widget: Widget) -> str:
    written = _input(widget)
    if not widget["wrap_label"]:
        return written
    key = widget["attrs"].get("id")
    belongs = f' for="{text(key)}"' if key else ""
    return f"<label{belongs}>{written} {text(widget['label'])}</label>"


def _options(widget: Widget) -> str:
    """A group of boxes to tick, one in a line, in groups where they have names."""
    attributes = widget["attrs"]
    opened = "".join(
        f' {name}="{text(attributes[name])}"' for name in ("id", "class") if attributes.get(name)
    )
    groups = "".join(_group(name, options) for name, options, _place in widget["optgroups"])
    return f"<div{opened}>{groups}\n</div>"


def _group(name: Any, options: Iterable[Widget]) -> str:
    boxes = "".join(f"<div>\n    {_option(one)}</div>" for one in options)
    if not name:
        return boxes
    return f"\n  <div><label>{text(name)}</label>{boxes}\n  </div>"


def _select(widget: Widget) -> str:
    groups = "".join(_choices(name, options) for name, options, _place in widget["optgroups"])
    return f'<select name="{text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _choices(name: Any, options: Iterable[Widget]) -> str:
    choices = "".join(
        f'\n  <option value="{text(str(one["value"]))}"{_attributes(one)}>'
        f"{text(one['label'])}</option>"
        for one in options
    )
    if not name:
        return choices
    return f'\n  <optgroup label="{text(name)}">{choices}\n  </optgroup>'


def _textarea(widget: Widget) -> str:
    typed = text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{text(widget["name"])}"{_attributes(widget)}>\n{typed}</textarea>'


WRITTEN: Mapping[str, Callable[[Widget], str]] = {
    **{
        f"{_PLACE}/{name}.html": _input
        for name in ("text", "number", "date", "email", "hidden", "password", "checkbox", "file")
    },
    **{f"{_PLACE}/{name}.html": _options for name in ("radio", "checkbox_select")},
    f"{_PLACE}/select.html": _select,
    f"{_PLACE}/textarea.html": _textarea,
}
