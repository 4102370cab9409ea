"""The county's table as an office fills it in: the template, with rows below its example."""

import io
import zipfile

import openpyxl

from designation.administration.tables import template
from designation.administration.tables.columns import sheet

FIRST = 4


def workbook():
    return openpyxl.load_workbook(io.BytesIO(template.file()))


def content(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write(book, code, *rows):
    """Write ``rows`` (values by name of the column) from the first empty row of the sheet on."""
    page = book[sheet(code).title]
    places = {column.name: place for place, column in enumerate(sheet(code).columns, start=1)}
    first = page.max_row + 1
    for number, row in enumerate(rows, start=first):
        for name, value in row.items():
            page.cell(row=number, column=places[name], value=value)


def filled(**rows):
    """The bytes of a table with these rows by sheet."""
    book = workbook()
    for code, told in rows.items():
        write(book, code, *told)
    return content(book)


def with_rows(file, rows, part="xl/worksheets/sheet4.xml"):
    """The same file with more rows, as XML, behind those of a sheet."""
    return rewritten(file, part, "</sheetData>", f"{rows}</sheetData>")


def rewritten(file, part, was, becomes, **parts):
    """The same file, with other XML in one of its parts, and ``parts`` by file in xl/ beside."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as held, zipfile.ZipFile(made, "w") as written:
        for name in held.namelist():
            said = held.read(name)
            if name == part:
                assert was.encode() in said
                said = said.replace(was.encode(), becomes.encode())
            written.writestr(name, said)
        for name, said in parts.items():
            written.writestr(f"xl/{name}.xml", said)
    return made.getvalue()
