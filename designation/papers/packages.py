"""What a Word template may not hold beyond what evidence may not: it is opened by every reader.

Evidence is kept as somebody's paper; a template is taken in, changed, and given out as ours. So it
fetches nothing from elsewhere, embeds nothing, and computes nothing when it is opened. Nor does it
hold what was meant for whoever drew it up: changes nobody decided on, and remarks.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from lxml import etree

# Our defaults: what an honest template stays below.
_MOST_PARTS = 200
_LARGEST_PART = 4 * 1024 * 1024
_MOST_UNPACKED = 16 * 1024 * 1024
# A field of the page with its switches, as word processors write it, and nothing beside.
_PAGE_FIELD = re.compile(
    r'\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES)(\s*\\[*#]\s*("[^"{}\\]*"|[\w-]+))*\s*', re.IGNORECASE
)
_SHOWN = 40
_FOREIGN = (
    "afchunk",
    "oleobject",
    "package",
    "control",
    "vbaproject",
    "attachedtemplate",
    "subdocument",
)
# Elements by which a part names a source of data, a template or a program outside of the file.
_REACHING = ("mailMerge", "attachedTemplate", "saveThroughXslt", "schemaLibrary", "externalData")
# Elements of a text that somebody still has to decide on, which names its author.
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
_TRACKED_FORM = ("rPrChange", "pPrChange", "sectPrChange", "numberingChange")
_TRACKED_TABLE = ("tblPrChange", "tblGridChange", "tblPrExChange", "trPrChange", "tcPrChange")
_CHANGES = frozenset((*_TRACKED, *_TRACKED_FORM, *_TRACKED_TABLE))
_REMARKS = frozenset(("commentReference", "commentRangeStart", "commentRangeEnd", "comment"))
_DRAWN = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
_FIELD_PARTS = ("{*}p", "{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}t", "{*}fldSimple")
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


def fault(content: bytes) -> str:
    """Why the package is not taken; empty where it is."""
    return _judged(content, is_bounded=True)


def acts(content: bytes) -> str:
    """Why a file that was filled in is not given out: it reaches outside, or computes.

    A condition may take away what kept a field harmless, and so the result is judged as well.
    """
    return _judged(content, is_bounded=False)


def _judged(content: bytes, *, is_bounded: bool) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _fault(package, is_bounded=is_bounded)
    except (zipfile.BadZipFile, etree.LxmlError, ValueError):
        return _("模板已损坏，或含有不允许的内容。请用办公软件另存后再传。")


def _fault(package: zipfile.ZipFile, *, is_bounded: bool) -> str:
    entries = package.infolist()
    unpacked = sum(one.file_size for one in entries)
    if is_bounded and (len(entries) > _MOST_PARTS or unpacked > _MOST_UNPACKED):
        return _("模板展开后过大，请只保留一份文书的版式。")
    for entry in entries:
        with package.open(entry) as part:
            content = part.read(_LARGEST_PART + 1 if is_bounded else -1)
        if not _is_xml(entry.filename, content):
            continue
        if is_bounded and len(content) > _LARGEST_PART:
            return _("模板展开后过大，请只保留一份文书的版式。")
        told = _fault_of_part(entry.filename, content)
        if told:
            return told
    return ""


def _is_xml(name: str, content: bytes) -> bool:
    """By its name or by how it begins: a package may call its parts as it likes."""
    begins = content[:99].lstrip(_BEFORE_XML)
    return name.lower().endswith((".xml", ".rels")) or begins.startswith(
        (b"<", b"\xff\xfe", b"\xfe\xff")
    )


def _fault_of_part(name: str, content: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("office parts have no document type")
    if any(map(_leads_out, root.iter("{*}Relationship"))):
        return _("模板里有指向外部的链接，或者嵌入了其他文件。请删去后另存再传。")
    for element in root.iter(etree.Element):
        if told := _fault_of(element):
            where = _where(name, _paragraph_of(root, element))
            return told % {"where": where, "name": etree.QName(element).localname}
    for paragraph, instruction in _instructions(root):
        if instruction.strip() and not _PAGE_FIELD.fullmatch(instruction):
            told = _("%(where)s：有会自动取数的域（%(name)s）。只能用页码，请删去后另存再传。")
            where = _where(name, paragraph)
            return told % {"where": where, "name": instruction.strip()[:_SHOWN]}
    return ""


def _leads_out(link: etree._Element) -> bool:
    kind = link.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    is_outside = link.get("TargetMode", "").lower() == "external" or ":" in link.get("Target", "")
    return is_outside or kind in _FOREIGN


def _fault_of(element: etree._Element) -> str:
    """What is amiss with it, to be said with ``where`` and ``name``; empty where nothing is."""
    if _reaches_out(element):
        return _("%(where)s：有指向外部的数据或文件（%(name)s）。请删去后另存再传。")
    named = etree.QName(element)
    if "wordprocessingml" not in (named.namespace or ""):
        return ""
    if named.localname in _CHANGES:
        return _(
            "%(where)s：有没有处理的修订，会连同修订人的姓名印发出去。"
            "请先接受全部修订，另存后再传。"
        )
    if named.localname in _REMARKS:
        return _("%(where)s：有批注，会连同批注人的姓名印发出去。请删去全部批注，另存后再传。")
    return ""


def _reaches_out(element: etree._Element) -> bool:
    """By what it is; or as a drawing that fetches its picture by an address of its own."""
    named = etree.QName(element)
    if named.localname in _REACHING:
        return True
    return named.namespace in _DRAWN and any(
        etree.QName(name).localname in ("src", "href") and value
        for name, value in element.attrib.items()
    )


def _instructions(root: etree._Element) -> Iterator[tuple[int, str]]:
    """What each field computes, however many runs it is spread over, with its paragraph.

    Whatever text stands before the result of a field is part of it. An instruction without a
    field around is one by itself.
    """
    paragraph = 0
    opened: list[list[str] | None] = []
    for element in root.iter(*_FIELD_PARTS):
        kind = etree.QName(element).localname
        if kind == "p":
            paragraph += 1
        elif kind == "fldSimple":
            named = (etree.QName(name).localname for name in element.attrib)
            for name, value in zip(named, element.attrib.values(), strict=True):
                if name == "instr":
                    yield paragraph, str(value)
        elif kind == "fldChar":
            yield from ((paragraph, said) for said in _turned(element, opened))
        elif opened and (held := opened[-1]) is not None:
            held.append(_text(element))
        elif kind != "t":
            yield paragraph, _text(element)
    yield from ((paragraph, "".join(held)) for held in opened if held is not None)


def _turned(mark: etree._Element, opened: list[list[str] | None]) -> Iterator[str]:
    """Opens a field; or ends what it computes, and gives it; or closes it."""
    does = next((value for name, value in mark.attrib.items() if name.endswith("fldCharType")), "")
    if does == "begin":
        opened.append([])
    elif opened:
        held = opened.pop()
        if held is not None:
            yield "".join(held)
        if does != "end":
            opened.append(None)


def _text(element: etree._Element) -> str:
    """Without comments, by which a word could be cut."""
    return str(element.xpath("string()"))


def _paragraph_of(root: etree._Element, element: etree._Element) -> int:
    """The paragraph in which it stands, or behind which; 0 where the part has none before it."""
    count = 0
    for one in root.iter(etree.Element):
        count += etree.QName(one).localname == "p"
        if one is element:
            break
    return count


def _where(name: str, paragraph: int) -> str:
    part = _part(name)
    if not paragraph:
        return part
    return _("%(part)s第 %(number)s 段") % {"part": part, "number": paragraph}


def _part(name: str) -> str:
    """A part of the file by what a writer calls it; else by its name."""
    known = {
        "document": pgettext("file", "正文"),
        "header": _("页眉"),
        "footer": _("页脚"),
        "footnotes": _("脚注"),
        "endnotes": _("尾注"),
        "comments": _("批注"),
        "settings": _("文档设置"),
    }
    stem = name.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
    return known.get(stem, name)
