"""How the fields of a round's parts are called in the log."""

from django.utils.translation import gettext as _

from standards.categories import Category

TERM, BODY, PLACES = "term-", "-body", "places-"


def part_field(name: str) -> str:
    """Of places, local terms and vetoes: as their forms say it."""
    if name in Category.values:
        return _("%(category)s：名额") % {"category": Category(name).label}
    if name.startswith(TERM):
        return f"“{name.removeprefix(TERM)}”"
    if name.startswith(PLACES):
        return name.removeprefix(PLACES)
    if name.endswith(BODY):
        return _("%(code)s 核实机关") % {"code": name.removesuffix(BODY)}
    return name
