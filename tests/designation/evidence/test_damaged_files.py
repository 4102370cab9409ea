"""Whatever a file became on its way: it is kept, or refused in words, and nothing else happens."""

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designation.evidence.content import received
from designation.evidence.names import ENDINGS
from designation.evidence.refusals import EvidenceRefused
from tests import files

MADE = (
    files.pdf,
    lambda: files.pdf(password="x"),
    files.docx,
    lambda: files.xlsx(parts={"xl/book.xlsx": files.xlsx()}),
    files.jpeg_with_everything,
    lambda: files.png(text=True),
    files.heic,
    lambda: files.compound("WordDocument"),
)


@cache
def whole(which):
    return MADE[which]()


@st.composite
def damaged(draw):
    """A file of ours with pieces of it replaced, cut out, or put in from another."""
    content = bytearray(whole(draw(st.integers(0, len(MADE) - 1))))
    for _damage in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from((0, 1, 4, 100)))
        other = whole(draw(st.integers(0, len(MADE) - 1)))
        start = draw(st.integers(0, len(other)))
        piece = draw(st.one_of(st.binary(max_size=8), st.just(other[start : start + 300])))
        content[at : at + gone] = piece
    return bytes(content)


def answer(content):
    """The type as which it is kept, or the sentence of its refusal."""
    try:
        return received(content, "材料.pdf").media_type
    except EvidenceRefused as refused:
        return str(refused)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_a_damaged_file_is_kept_or_refused_in_words(content):
    said = answer(content)

    assert said in ENDINGS or "请" in said
