"""A calendar year as a notice could give it, to be loaded, or spoilt line by line."""

from designation.calendar import proposals

# The official notice for 2027 is not out: festivals by the law, the rest as in other years.
OFF_2027 = [
    *("01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "02-12", "04-05", "05-03", "05-04"),
    *("05-05", "06-09", "09-15", "10-01", "10-04", "10-05", "10-06", "10-07"),
]
WORKED_2027 = ["01-30", "02-20", "05-08", "09-26", "10-09"]
LINES_2027 = [f"2027-{day},holiday" for day in OFF_2027] + [
    f"2027-{day},make_up" for day in WORKED_2027
]


def written(folder, lines=LINES_2027, *, head="date,kind"):
    """The path of a CSV file with these lines, as a spreadsheet writes it."""
    path = folder / "2027.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8-sig")
    return path


def year_2027(lines=LINES_2027):
    """The year as such a file proposes it."""
    return proposals.proposed("2027.csv", "\n".join(["date,kind", *lines]).encode())
