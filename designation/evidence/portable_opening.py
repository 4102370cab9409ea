"""A PDF opened with little to take: what it costs to read is bounded before it is read.

Whoever objects need not say who they are, and a file of 20 MB can hold hundreds of thousands of
objects, tables that lead to one another, and packed ones that unfold to a thousandfold. Counted
are objects and what the library does for them, never time: a machine that is busy refuses nothing
that it would take at night.
"""

import io
import re
from contextlib import AbstractContextManager
from typing import IO, Any

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject, NullObject, PdfObject, StreamObject

# Our defaults, far above what is sent in earnest: a hundred pages of a scan hold well under
# 5,000 objects, as many pages printed from a word processor some 20,000.
MOST_OBJECTS = 30_000
MOST_PAGES = 5_000
# What a file may be read over: it is read by bytes where objects stand, and by lengths within
# pictures. A hundred pages of a scan take some 40,000 readings.
_MOST_READINGS = 2_000_000
_MOST_TIMES_OVER = 8
_SMALL = 64 * 1024
# Bytes that packed tables and packed objects unfold to; tables, of which each saving adds one.
_LARGEST_TABLE = 512 * 1024
_MOST_TABLES = 30
_MOST_UNFOLDED = 4 * 1024 * 1024
# Of filters that the library undoes byte by byte.
_MOST_UNDONE_SLOWLY = 1024 * 1024
# A wrapped picture.
_LARGEST_PICTURE = 20 * 1024 * 1024


def _written_anyhow(name: bytes) -> re.Pattern[bytes]:
    """A name as it may stand in a file: each letter for itself, or by its number."""
    return re.compile(b"/" + b"".join(b"(?:%c|#%02x)" % (one, one) for one in name), re.IGNORECASE)


_TABLE, _PACKED_OBJECTS = _written_anyhow(b"XRef"), _written_anyhow(b"ObjStm")
_OBJECT = b" obj"


class TooIntricate(LimitReachedError):
    """It holds more than is read; of errors of this kind the library makes no repairs."""


class _Metered(io.BytesIO):
    """Content that is read so often, and so much of it, and no more."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._readings = _MOST_READINGS
        self._bytes = _MOST_TIMES_OVER * (len(content) + _SMALL)

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self._readings -= 1
        self._bytes -= len(content)
        if self.is_used_up:
            raise TooIntricate("It is read over and over.")
        return content

    @property
    def is_used_up(self) -> bool:
        return self._readings < 0 or self._bytes < 0


class _Reader(pypdf.PdfReader):
    """Follows what the table of the file says, and searches for nothing that it does not say.

    For each object that is not where it should be the library would search the whole file.
    """

    def __init__(self, content: bytes) -> None:
        self._packed = _PACKED_OBJECTS.search(content) is not None
        self._unfolded = 0
        self._metered = _Metered(content)
        super().__init__(self._metered, xref_stream_maximum_entries=MOST_OBJECTS)

    @property
    def is_used_up(self) -> bool:
        """Whether it was read to the bound, also where the library went on without the rest."""
        return self._metered.is_used_up

    def _rebuild_xref_table(self, stream: IO[Any]) -> None:
        """Objects in the open are looked for where the table is wrong, packed ones are not."""
        if self._packed:
            raise TooIntricate("Its packed objects are not where they should be.")
        super()._rebuild_xref_table(stream)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        if isinstance(indirect_reference, int):
            indirect_reference = IndirectObject(indirect_reference, 0, self)
        number, generation = indirect_reference.idnum, indirect_reference.generation
        if (generation, number) not in self.resolved_objects and not self._stands(
            number, generation
        ):
            return NullObject()
        found = super().get_object(indirect_reference)
        if isinstance(found, StreamObject) and found.get("/Type") == "/ObjStm":
            self._unfold(found)
        return found

    def _stands(self, number: int, generation: int) -> bool:
        if generation == 0 and number in self.xref_objStm:
            return True
        at = self.xref.get(generation, {}).get(number)
        if at is None:
            return False
        here = self.stream.tell()
        self.stream.seek(at)
        try:
            return self.read_object_header(self.stream) == (number, generation)
        except ValueError:
            return False
        finally:
            self.stream.seek(here)

    def _unfold(self, packed: StreamObject) -> None:
        """Unfolded once and kept by the library, which reads its objects from it."""
        with pypdf.apply_configuration(zlib_maximum_output_length=_MOST_UNFOLDED):
            self._unfolded += len(packed.get_data())
        if self._unfolded > _MOST_UNFOLDED:
            raise TooIntricate("Its packed objects unfold to too much.")


def opened(content: bytes) -> pypdf.PdfReader:
    """The file with its table read. Raises LimitReachedError, and what else the library raises."""
    tables = sum(1 for _table in _TABLE.finditer(content))
    if content.count(_OBJECT) > MOST_OBJECTS or tables > _MOST_TABLES:
        raise TooIntricate("It holds too many objects.")
    with pypdf.apply_configuration(
        zlib_maximum_output_length=_LARGEST_TABLE,
        zlib_maximum_recovery_input_length=_LARGEST_TABLE,
    ):
        reader = _Reader(content)
    if (
        reader.is_used_up
        or sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > MOST_OBJECTS
    ):
        raise TooIntricate("It holds too many objects.")
    return reader


def bounds() -> AbstractContextManager[pypdf.Configuration]:
    """The configuration of the library under which a file that was opened is read."""
    return pypdf.apply_configuration(
        page_tree_maximum_entries=MOST_PAGES,
        zlib_maximum_output_length=_LARGEST_PICTURE,
        zlib_maximum_recovery_input_length=_MOST_UNDONE_SLOWLY,
        lzw_maximum_output_length=_MOST_UNDONE_SLOWLY,
        run_length_maximum_output_length=_MOST_UNDONE_SLOWLY,
    )
