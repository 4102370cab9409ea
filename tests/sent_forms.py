"""The forms of a page as a browser sees them: what each would send, and which inputs take text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_TEXT = {"text", "search", "email", "tel", "url", "date", "datetime-local", "number", ""}
_OF_FIGURES = {"decimal", "numeric"}
_NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """``texts`` are the names of inputs in which anything may be typed; ``figures`` the others."""

    action: str
    method: str
    ident: str
    values: dict = field(default_factory=dict)
    texts: set = field(default_factory=set)
    figures: set = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, address):
        super().__init__()
        self.address, self.forms, self.stray = address, [], []
        self._form = self._select = self._textarea = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, given.get("action", "") or self.address)
            self._form = Form(action, given.get("method", "get"), given.get("id", ""))
            self.forms.append(self._form)
        elif tag in ("input", "textarea", "select") and given.get("name"):
            self._input(tag, given)
        elif tag == "option" and self._select:
            form, name = self._select
            if "selected" in given or not form.values.get(name):
                form.values[name] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea:
            form, name, texts = self._textarea
            form.values[name] = "".join(texts)
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self._textarea[2].append(data)

    def _input(self, tag, given):
        form = self._form
        if given.get("form"):
            form = next((one for one in self.forms if one.ident == given["form"]), None)
        name, kind = given["name"], given.get("type", "")
        if form is None or kind in _NOT_SENT or name == "csrfmiddlewaretoken":
            return
        if tag == "select":
            self._select = form, name
        elif tag == "textarea":
            form.texts.add(name)
            self._textarea = form, name, []
        elif kind in ("checkbox", "radio"):
            if kind == "checkbox" or "checked" in given or name not in form.values:
                form.values[name] = given.get("value", "on")
        else:
            form.values[name] = given.get("value", "")
            if kind in _TEXT:
                plain = kind in ("text", "search", "") and given.get("inputmode") not in _OF_FIGURES
                (form.texts if plain else form.figures).add(name)


def forms_of(answer, address):
    """The forms of a page that was answered at ``address``."""
    reader = _Forms(address)
    reader.feed(answer.content.decode())
    return reader.forms
