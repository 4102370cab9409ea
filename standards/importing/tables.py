"""Rows of a table into lines: which column numbers, which is the text, which stands beside it.

Columns of points, of deductions and of how a thing is looked into are no text of an item; they
are left out and told. A row without a named column over it is read by its cell of figures alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .lines import Line, Unread

_CELL_NUMBER = re.compile(r"\d{1,5}[.．、]?")
_NUMBERS = re.compile(r"序号|编号|项次|项号")
_POINTS = re.compile(
    r"(?:标准|基本|自评|考核|实际|最终|评定)?(?:分值|分数|满分|权重|得分|扣分|评分|总分|分)(?:[（(].*[）)])?|自评|赋分"
)
_BESIDE = re.compile(
    r".*(?:方法|方式|办法|依据|材料|备注|说明|部门|单位|佐证|责任人|细则|计分.*|扣分.*|加分.*|得分情况|自评情况)"
)
_TEXT = re.compile(
    r".*(?:标准|内容|要求|指标|项目|要点|条目|条款|类别|名称|部分|要素|事项)(?:[（(].*[）)])?"
)
_BEGINS_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_BEGINS_ITEM = re.compile(r"\d{1,5}[.．、]|[（(]\d{1,5}[）)]")
_LONGEST_HEADING = 60
_LONGEST_NAME = 10


@dataclass(frozen=True)
class Cell:
    """One cell in its column, counted from 0; ``goes_on`` where it is merged with that above."""

    column: int
    lines: Sequence[str]
    goes_on: bool = False
    is_whole: bool = True

    @property
    def text(self) -> str:
        return " ".join(line.strip() for line in self.lines if line.strip())


@dataclass
class Table:
    """Reads one row after another; ``left_out`` is what no line holds, once all are read."""

    is_row_one_line: bool = False

    def __post_init__(self) -> None:
        self._names: dict[int, str] = {}
        self._above: dict[int, str] = {}
        self._beside: dict[tuple[int, str], list[tuple[int, str]]] = {}
        self._heads: list[Unread] = []

    def row(self, number: int, cells: Sequence[Cell]) -> Iterator[Line]:
        """The lines of a row whose first line in the file is ``number``."""
        if _is_head([cell.text for cell in cells]):
            self._names = {cell.column: cell.text for cell in cells}
            head = " ".join(cell.text for cell in cells if cell.text)
            self._heads.append(Unread(number, head, _("表头，没有读作条文")))
            return
        kept = [cell for cell in cells if not self._is_beside(number, cell)]
        is_whole = all(cell.is_whole for cell in kept)
        at = self._number_at(kept)
        if at is None:
            yield from self._loose(number, kept, is_whole=is_whole)
            return
        yield from self._headings(number, kept[:at])
        printed = self._filled(kept[at])
        words = [self._filled(cell) for cell in kept[at + 1 :]]
        yield Line(number, " ".join(filter(None, words)), printed, is_whole=is_whole)

    def left_out(self) -> list[Unread]:
        columns = [
            Unread(
                rows[0][0],
                f"{name}：{'；'.join(text for _number, text in rows)}",
                _("表格中的这一列没有读作条文"),
            )
            for (_column, name), rows in sorted(self._beside.items())
        ]
        return self._heads + columns

    def _filled(self, cell: Cell) -> str:
        """What a reader sees in it: a cell over several rows says the same in each."""
        if not cell.goes_on:
            self._above[cell.column] = cell.text
        return self._above.get(cell.column, "") if cell.goes_on else cell.text

    def _is_beside(self, number: int, cell: Cell) -> bool:
        name = self._names.get(cell.column, "").replace(" ", "")
        if not name or _NUMBERS.fullmatch(name) or not _is_beside(name):
            return False
        if cell.text:
            self._beside.setdefault((cell.column, name), []).append((number, cell.text))
        return True

    def _number_at(self, cells: Sequence[Cell]) -> int | None:
        """The place of the cell that numbers the row's item: under its name, or the first one."""
        named = [column for column, name in self._names.items() if _NUMBERS.fullmatch(name)]
        for place, cell in enumerate(cells):
            has_text = any(self._says(after) for after in cells[place + 1 :])
            if named and cell.column == named[0]:
                fits = _CELL_NUMBER.fullmatch(
                    self._above.get(cell.column, "") if cell.goes_on else cell.text
                )
                return place if fits and has_text else None
            if not named and cell.text:
                if _CELL_NUMBER.fullmatch(cell.text):
                    rest = [after.text for after in cells[place + 1 :] if after.text]
                    return place if rest and not _CELL_NUMBER.fullmatch(rest[0]) else None
                if _BEGINS_ITEM.match(cell.text):
                    return None
        return None

    def _says(self, cell: Cell) -> bool:
        return bool(cell.text or (cell.goes_on and self._above.get(cell.column)))

    def _headings(self, number: int, cells: Sequence[Cell]) -> Iterator[Line]:
        """What stands before the number names a section, once for all its rows."""
        for cell in cells:
            if cell.text and not cell.goes_on:
                is_marked = bool(_BEGINS_SECTION.match(cell.text))
                is_heading = not is_marked and len(cell.text) <= _LONGEST_HEADING
                yield Line(number, cell.text, is_heading=is_heading, is_whole=cell.is_whole)

    def _loose(self, number: int, cells: Sequence[Cell], *, is_whole: bool) -> Iterator[Line]:
        """A row without a number: as it stands; alone in a numbered table, it is a heading."""
        for cell in cells:
            self._filled(cell)
        filled = [cell for cell in cells if cell.text]
        numbered = any(_NUMBERS.fullmatch(name) for name in self._names.values())
        if numbered and len(filled) == 1:
            yield from self._headings(number, filled)
        elif self.is_row_one_line:
            text = " ".join("\n".join(cell.lines).strip() for cell in filled)
            yield Line(number, text, is_whole=is_whole)
        else:
            for cell in cells:
                for line in cell.lines:
                    yield Line(number, line, is_whole=cell.is_whole)


def _is_beside(name: str) -> bool:
    return bool(_POINTS.fullmatch(name) or (_BESIDE.fullmatch(name) and not _TEXT.fullmatch(name)))


def _is_head(texts: Sequence[str]) -> bool:
    """The row that names the columns: it has one for the numbers, or nothing but known names."""
    names = [text.replace(" ", "") for text in texts if text.strip()]
    if any(_NUMBERS.fullmatch(name) for name in names):
        return True
    longest = max(map(len, names), default=0)
    known = all(
        _POINTS.fullmatch(name) or _BESIDE.fullmatch(name) or _TEXT.fullmatch(name)
        for name in names
    )
    return (
        len(names) > 1
        and longest <= _LONGEST_NAME
        and known
        and not any(map(_BEGINS_ITEM.match, names))
    )
