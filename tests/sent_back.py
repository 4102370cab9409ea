"""What a browser sends back of the form it showed: hidden inputs, and fields as they stand."""

from html.parser import HTMLParser

_NOT_SENT = {"submit", "button", "reset", "image", "file"}


class _Forms(HTMLParser):
    """The fields of every form of a page, by the form's action ("" for its own address)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.hidden, self.visible, self.ids = {}, {}, {}
        self.action = self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action = given.get("action", "")
            self.ids[given.get("id")] = self.action
            self.hidden.setdefault(self.action, {})
            self.visible.setdefault(self.action, {})
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.area = given.get("name")
            self._put(given, "")
        elif tag == "select":
            self.select = given
        elif tag == "option" and self.select is not None and "selected" in given:
            self._put(self.select, given.get("value", ""))

    def _input(self, given):
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind == "hidden":
            self.hidden.get(self._of(given), {}).setdefault(given.get("name"), value)
        elif kind in {"radio", "checkbox"}:
            if "checked" in given:
                self._put(given, given.get("value", "on"))
        elif kind not in _NOT_SENT:
            self._put(given, value)

    def _of(self, given):
        return self.ids.get(given["form"]) if "form" in given else self.action

    def _put(self, given, value):
        fields = self.visible.get(self._of(given))
        if fields is not None and given.get("name") and "disabled" not in given:
            fields[given["name"]] = value

    def handle_data(self, data):
        if self.area is not None and self.action is not None:
            fields = self.visible[self.action]
            fields[self.area] = (fields.get(self.area, "") + data).removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.action = None


def _read(answer):
    reader = _Forms()
    reader.feed(answer.content.decode())
    for form in reader.hidden.values():
        form.pop("csrfmiddlewaretoken", None)
    return reader


def hidden(answer, action=""):
    """The hidden inputs of the form that is sent to ``action``; of all, where no form is."""
    found = _read(answer).hidden
    if action in found:
        return found[action]
    return {name: value for form in reversed(found.values()) for name, value in form.items()}


def as_it_stands(answer, action=""):
    """Everything the form would send were it pressed at once; see ``hidden``."""
    return _read(answer).visible.get(action, {}) | hidden(answer, action)


def as_shown(client, address, **typed):
    """What the person's browser would send now, having just opened ``address``."""
    return hidden(client.get(address, follow=True), address) | typed
