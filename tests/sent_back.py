"""What a browser sends back beside what is typed: the hidden inputs of the page it showed."""

from html.parser import HTMLParser


class _Hidden(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found.setdefault(given["name"], given.get("value", ""))


def hidden(answer):
    """The hidden inputs of a page, by name; of several forms, the first that has it."""
    reader = _Hidden()
    reader.feed(answer.content.decode())
    reader.found.pop("csrfmiddlewaretoken", None)
    return reader.found


def as_shown(client, address, **typed):
    """What the person's browser would send now, having just opened ``address``."""
    return hidden(client.get(address)) | typed
