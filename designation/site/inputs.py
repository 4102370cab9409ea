"""Inputs written straight away, as Django's templates write them.

A section page has some fifty inputs, for which Django includes three hundred small templates:
a fifth of its processor time. What is not known here is left to the templates.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

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


def _attributes(widget: Widget) -> SafeString:
    given = widget["attrs"].items()
    return _joined(
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
        for name, value in given
        if value is not False
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    typed = SafeString("") if value is None else format_html(' value="{}"', str(value))
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        typed,
        _attributes(widget),
    )


def _option(widget: Widget) -> SafeString:
    written = _input(widget)
    if not widget["wrap_label"]:
        return written
    key = widget["attrs"].get("id")
    belongs = format_html(' for="{}"', key) if key else SafeString("")
    return format_html("<label{}>{} {}</label>", belongs, written, widget["label"])


def _options(widget: Widget) -> SafeString:
    """A group of boxes to tick, one in a line, in groups where they have names."""
    attributes = widget["attrs"]
    opened = _joined(
        format_html(' {}="{}"', name, attributes[name])
        for name in ("id", "class")
        if attributes.get(name)
    )
    groups = _joined(_group(name, options) for name, options, _place in widget["optgroups"])
    return format_html("<div{}>{}\n</div>", opened, groups)


def _group(name: Any, options: Iterable[Widget]) -> SafeString:
    boxes = _joined(format_html("<div>\n    {}</div>", _option(one)) for one in options)
    if not name:
        return boxes
    return format_html("\n  <div><label>{}</label>{}\n  </div>", name, boxes)


def _select(widget: Widget) -> SafeString:
    groups = _joined(_choices(name, options) for name, options, _place in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), groups
    )


def _choices(name: Any, options: Iterable[Widget]) -> SafeString:
    choices = _joined(
        format_html(
            '\n  <option value="{}"{}>{}</option>',
            str(one["value"]),
            _attributes(one),
            one["label"],
        )
        for one in options
    )
    if not name:
        return choices
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, choices)


def _textarea(widget: Widget) -> SafeString:
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), text
    )


WRITTEN: Mapping[str, Callable[[Widget], SafeString]] = {
    **{
        f"{_PLACE}/{name}.html": _input
        for name in ("text", "number", "date", "email", "hidden", "password", "checkbox", "file")
    },
    **{f"{_PLACE}/{name}.html": _options for name in ("radio", "checkbox_select")},
    f"{_PLACE}/select.html": _select,
    f"{_PLACE}/textarea.html": _textarea,
}
