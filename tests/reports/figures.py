"""Reading the tables of figures, and following each figure to its list."""

import copy

from django.urls import reverse

from tests import factories


def in_another_township(county, code="341821999000", name="云岭镇"):
    """The same county and round, with a village, a body and a reviewer of another township."""
    other = copy.copy(county)
    for own in ("preparer", "head", "reviewer"):
        other.__dict__.pop(own, None)
    area = factories.TownshipFactory(code=code, parent=county.jurisdiction, name_zh=name)
    other.township = factories.TownshipCommitteeFactory(jurisdiction=area)
    other.village = factories.VillageFactory(superior=other.township)
    return other


def tables(client, person, round_, page="figures", **asked):
    """The tables on a page of a round's figures, by title."""
    client.force_login(person)
    answer = client.get(reverse(f"reports:{page}", args=[round_.pk]), asked)
    assert answer.status_code == 200
    return {table.title: table for table in answer.context["tables"]}


def told(table):
    """What stands in the table: by the words of each line, its figures."""
    return {line.words: [figure.text for figure in line.figures] for line in table.lines}


def counted_behind(client, figure):
    """How many rows the list behind the figure holds."""
    listing = client.get(figure.address).context["listing"]
    assert not listing.filters.errors
    return listing.page.paginator.count


def leading(tables_):
    """Every figure that leads to a list."""
    return [
        figure
        for table in tables_.values()
        for line in table.lines
        for figure in line.figures
        if figure.address
    ]
