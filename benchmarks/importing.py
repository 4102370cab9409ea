"""Reading a county's .docx of 300 items: from the file's bytes to proposed checks.

The document repeats the source's own items, so its sentences are as long and as odd as real ones.
"""

import io
import itertools
import statistics
import time

import docx

ITEMS = 300
REPEATS = 5
SECONDS_MOST = 3


def document() -> bytes:
    """A .docx with one title, sections of ten items, and ``ITEMS`` items in all."""
    from standards.models import Item

    made, held = docx.Document(), io.BytesIO()
    texts = itertools.cycle(
        Item.objects.filter(version__provenance="verbatim").values_list("text", flat=True)
    )
    made.add_paragraph("农村基层党组织建设示范标准")
    for number, text in enumerate(itertools.islice(texts, ITEMS)):
        if number % 10 == 0:
            made.add_paragraph(f"{_chinese(number // 10 + 1)}、第{number // 10 + 1}方面")
        made.add_paragraph(f"{number + 1}.{text}")
    made.save(held)
    return held.getvalue()


def _chinese(number: int) -> str:
    """1 to 30 as sections are numbered."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones] if ones else ''}"


def main() -> None:
    from standards.importing import drafts

    content = document()
    seconds = []
    for _turn in range(REPEATS):
        begun = time.perf_counter()
        draft = drafts.read("标准.docx", content)
        seconds.append(time.perf_counter() - begun)
    items = [i for s in draft.standards for section in s.sections for i in section.items]
    checks = sum(len(item.checks) for item in items)
    print(f"Reading a .docx of {len(items)} items ({checks} checks proposed), one core:")
    print(f"  {statistics.median(seconds):.2f} s (wanted: at most {SECONDS_MOST} s)")
