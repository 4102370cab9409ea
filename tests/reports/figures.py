"""Reading the tables of figures, and following each figure to its list."""

from django.urls import reverse


def tables(client, person, round_, **asked):
    """The tables on the page of a round's figures, by title."""
    client.force_login(person)
    answer = client.get(reverse("reports:figures", args=[round_.pk]), asked)
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
