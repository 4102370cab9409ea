"""A form as a browser holds it: opened once, sent back later with everything that it carried."""

from urllib.parse import urljoin

from lxml import html


class Sheet:
    """The form of a page as it stood when it was opened.

    ``to`` picks, of several forms of a page, the one that is sent to an address ending so;
    ``press`` the one with the button of that name, which is then pressed.
    """

    def __init__(self, client, address, *, to=None, press=None):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        self.client, self.to, self.button = client, to, press
        self._read(answer, address)

    @classmethod
    def of(cls, answer):
        """The form of a page that was answered already; only to be looked at."""
        sheet = cls.__new__(cls)
        sheet.client = sheet.to = sheet.button = None
        sheet._read(answer, "")
        return sheet

    def _read(self, answer, address):
        root = html.fromstring(answer.content.decode())
        self.text = " ".join(root.text_content().split())
        self.root = root
        form = self._form(root)
        self.address = urljoin(address, form.get("action") or "")
        self.values = {}
        for button in form.xpath(".//button[@name=$n]", n=self.button or ""):
            self.values.setdefault(self.button, [button.get("value") or ""])
        for name, value in form.form_values():
            # A browser drops the first line break of a text area.
            self.values.setdefault(name, []).append(value.removeprefix("\n"))
        # What cannot be undone is asked about once; whoever means it ticks.
        if form.xpath(".//input[@name='sure']"):
            self.values["sure"] = ["yes"]

    def _form(self, root):
        forms = root.xpath("//main//form[translate(@method, 'POST', 'post')='post']")
        if self.to is not None:
            forms = [form for form in forms if (form.get("action") or "").endswith(self.to)]
        if self.button is not None:
            forms = [form for form in forms if form.xpath(".//button[@name=$n]", n=self.button)]
        assert forms, f"no form to {self.to} with {self.button}"
        return forms[0]

    def send(self, typed=None, **more):
        """Send it with what was typed; None leaves a field out. The sheet stays as it was."""
        data = dict(self.values)
        for name, value in {**(typed or {}), **more}.items():
            data.pop(name, None)
            if value is not None:
                data[name] = value
        return self.client.post(self.address, data)

    def choice(self, name, side):
        """What the button for one side of a conflict sends."""
        return next(
            value
            for value in self.root.xpath("//input[@name=$name]/@value", name=f"choose-{name}")
            if value.startswith(side)
        )

    def shown_again(self, answer):
        """The form of a refused answer, to go on with."""
        self._read(answer, self.address)
        return self


def fill_in(client, address, typed=None, *, to=None, press=None, **more):
    """Open a page and send its form at once."""
    return Sheet(client, address, to=to, press=press).send(typed, **more)
