"""Two files an organization: each content stored once, held in every library, cited by items."""

from collections.abc import Sequence
from types import SimpleNamespace

from designation.evidence import contents
from designation.evidence.content import Received, received
from standards.models import Item

from .course import IS_CONFIRMED
from .rounds import standards
from .rows import insert, literal, model

_TITLES = ("会议记录和工作台账", "活动照片和公示材料")
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
# Items that each file supports, from the first.
_ITEMS = 4
_MARKS = ("⟦evidence 0⟧", "⟦evidence 1⟧")


def _files() -> tuple[Received, ...]:
    """As an upload would be received."""
    return tuple(received(_PAGE + f"%{title}\n".encode(), f"{title}.pdf") for title in _TITLES)


def key(place: int | str) -> str:
    """The key of a file in a library and of its citation, by the application's number ``k``."""
    return f"(k * {len(_TITLES)} + {place} + 1)"


# A frozen submission's mark for a file, and what stands there for each application.
LISTED = tuple((f'"{mark}"', f"{key(place)}::text") for place, mark in enumerate(_MARKS))


def frozen(version: int) -> list[SimpleNamespace]:
    """The files as ``submissions.content`` reads them, with marks for their keys."""
    codes = list(_items(version).values())
    return [
        SimpleNamespace(
            pk=mark,
            title=title,
            sha256=file.sha256,
            caption="",
            dated_on=None,
            item_codes=codes[place * _ITEMS : (place + 1) * _ITEMS],
        )
        for place, (mark, title, file) in enumerate(zip(_MARKS, _TITLES, _files(), strict=True))
    ]


def _items(version: int) -> dict[int, str]:
    """Codes of the items by their keys, in order."""
    return dict(Item.objects.filter(version=version).order_by("order").values_list("pk", "code"))


def store() -> list[int]:
    """Put the contents where uploads lie, by the house's own function; returns their keys."""
    stored = []
    for file in _files():
        with contents.written(file) as written:
            stored.append(contents.row_of(written).pk)
    return stored


def write(stored: Sequence[int]) -> None:
    for place, (title, file, pk) in enumerate(zip(_TITLES, _files(), stored, strict=True)):
        _cited(place, title, file, pk)
    chosen = ", ".join(
        f"({version}, {place}, {item})"
        for version in standards().values()
        for place in range(len(_TITLES))
        for item in list(_items(version))[place * _ITEMS : (place + 1) * _ITEMS]
    )
    insert(
        model("applications.Evidence").items.through._meta.label,
        f"""made_case JOIN (VALUES {chosen}) AS cited (version, place, item_id)
          ON version = standard_id WHERE {IS_CONFIRMED}""",
        id="row_number() OVER (ORDER BY k, place, item_id)",
        evidence_id=key("place"),
        item_id="item_id",
    )


def _cited(place: int, title: str, file: Received, stored: int) -> None:
    uploaded = f"begun_at + {place + 1} * interval '30 minutes'"
    insert(
        "evidence.LibraryEntry",
        f"made_case WHERE {IS_CONFIRMED}",
        id=key(place),
        organization_id="org_id",
        stored_id=str(stored),
        title=literal(title),
        file_name=literal(f"{title}.pdf"),
        sha256_as_uploaded=literal(file.sha256_as_uploaded),
        uploaded_at=uploaded,
        uploaded_by_id="preparer_id",
        # A page without a word on it: nothing to draw.
        previewed_at=uploaded,
    )
    insert(
        "applications.Evidence",
        f"made_case WHERE {IS_CONFIRMED}",
        id=key(place),
        application_id="id",
        entry_id=key(place),
        title=literal(title),
        sha256=literal(file.sha256),
        uploaded_at=uploaded,
        uploaded_by_id="preparer_id",
    )
