"""A table of places as it is pasted from a spreadsheet: bodies down, categories across."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standards.categories import Category
from standards.characters import plain

_MOST = 1000
_MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Pasted:
    """``values`` by body's key and category, "" for an empty cell; ``faults`` name their cells."""

    values: Mapping[tuple[int, str], str] = field(default_factory=dict)
    faults: Sequence[str] = ()


def read(text: str, bodies: Mapping[str, Sequence[int]], categories: Sequence[str]) -> Pasted:
    """Read a table with tabs between its cells; its first row names the categories.

    ``bodies`` are the keys by plain name of those that may stand in the first column.
    """
    rows = [(n, line.split("\t")) for n, line in enumerate(text.splitlines(), 1) if plain(line)]
    if not rows:
        return Pasted()
    if len(rows) > _MOST_ROWS:
        return Pasted(faults=[_("表格行数过多，请分次粘贴。")])
    columns, faults = _columns(rows[0][1], categories)
    values: dict[tuple[int, str], str] = {}
    for number, cells in rows[1:]:
        keys = bodies.get(plain(cells[0]), ())
        if len(keys) != 1:
            told = _("有几个同名的初审机构") if keys else _("没有这个初审机构")
            faults.append(
                _("第 %(row)s 行第 1 列“%(cell)s”：%(told)s。")
                % {"row": number, "cell": plain(cells[0]), "told": told}
            )
            continue
        for column, category, written in _cells(cells, columns):
            if (keys[0], category) in values:
                faults.append(_("第 %(row)s 行：这个初审机构前面已有一行。") % {"row": number})
                break
            if _is_count(written):
                values[keys[0], category] = written
            else:
                faults.append(
                    _("第 %(row)s 行第 %(column)s 列“%(cell)s”：应是 0 至 1000 的整数。")
                    % {"row": number, "column": column, "cell": written}
                )
    return Pasted(values, faults)


def _columns(
    head: Sequence[str], categories: Sequence[str]
) -> tuple[list[tuple[int, str]], list[str]]:
    names = {str(Category(one).label): one for one in categories} | {one: one for one in categories}
    columns, faults = [], []
    for number, cell in enumerate(head[1:], 2):
        if plain(cell) in names:
            columns.append((number, names[plain(cell)]))
        elif plain(cell):
            faults.append(
                _("第 1 行第 %(column)s 列“%(cell)s”：不是本批次的类别。")
                % {"column": number, "cell": plain(cell)}
            )
    if not columns and not faults:
        faults.append(_("第 1 行应写类别，例如：初审机构、农村、社区。"))
    return columns, faults


def _cells(cells: Sequence[str], columns: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    for column, category in columns:
        written = plain(cells[column - 1]) if column <= len(cells) else ""
        yield column, category, written


def _is_count(written: str) -> bool:
    return not written or (written.isascii() and written.isdigit() and int(written[:9]) <= _MOST)
