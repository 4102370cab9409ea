"""What a Word template may not hold beyond what evidence may not: it is opened by every reader.

Evidence is kept as somebody's paper; a template is taken in, changed, and given out as ours. So it
fetches nothing from elsewhere, embeds nothing, and computes nothing when it is opened.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _
from lxml import etree

# Our defaults: what an honest template stays below.
_MOST_PARTS = 200
_LARGEST_PART = 4 * 1024 * 1024
_MOST_UNPACKED = 16 * 1024 * 1024
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES")
_INSTRUCTION = re.compile(r"^\s*\\?([A-Za-z=]+)")
_FOREIGN = ("afchunk", "oleobject", "package", "control", "vbaproject", "attachedtemplate")


def fault(content: bytes) -> str:
    """Why the package is not taken; empty where it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _fault(package)
    except (zipfile.BadZipFile, etree.LxmlError, ValueError):
        return _("模板已损坏，或含有不允许的内容。请用办公软件另存后再传。")


def _fault(package: zipfile.ZipFile) -> str:
    entries = package.infolist()
    if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > _MOST_UNPACKED:
        return _("模板展开后过大，请只保留一份文书的版式。")
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with package.open(entry) as part:
            content = part.read(_LARGEST_PART + 1)
        if len(content) > _LARGEST_PART:
            return _("模板展开后过大，请只保留一份文书的版式。")
        told = _fault_of_part(content, is_links=entry.filename.lower().endswith(".rels"))
        if told:
            return told
    return ""


def _fault_of_part(content: bytes, *, is_links: bool) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("office parts have no document type")
    if is_links:
        for link in root.iter("{*}Relationship"):
            kind = link.get("Type", "").rstrip("/").rpartition("/")[2].lower()
            if link.get("TargetMode", "").lower() == "external" or kind in _FOREIGN:
                return _("模板里有指向外部的链接，或者嵌入了其他文件。请删去后另存再传。")
        return ""
    written = ["".join(one.itertext()) for one in root.iter("{*}instrText")]
    written += [str(value) for one in root.iter("{*}fldSimple") for value in one.attrib.values()]
    for instruction in written:
        found = _INSTRUCTION.match(instruction)
        if found and found[1].upper() not in _PAGE_FIELDS:
            return _("模板里有会自动取数的域（%(name)s）。只能用页码，请删去后另存再传。") % {
                "name": found[1][:20]
            }
    return ""
