"""Automatic numbers of a Word file are read as they are printed, or the line is refused by name."""

import io
from contextlib import suppress

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards.importing import documents, drafts, numbering
from standards.importing.documents import Unreadable
from standards.loading import DATA

SOURCE = (DATA / "source.zh.txt").read_bytes()


def level(text="%1.", kind="decimal", at=0, more="", start="1"):
    """One level of a list; ``more`` is markup of its own, ``start`` may be left out."""
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return (
        f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions, nums=None):
    """word/numbering.xml: list 1, 2 … of the definitions, or instances as ``nums`` tells them."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{levels}</w:abstractNum>'
        for place, levels in enumerate(definitions, start=1)
    )
    told = nums or [(place, "") for place in range(1, len(definitions) + 1)]
    instances = "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for place, (of, overrides) in enumerate(told, start=1)
    )
    return abstracts + instances


def in_list(paragraph, num=None, at=None):
    """Puts a paragraph, or a style, into a list, as the word processor does."""
    inner = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    inner += "" if num is None else f'<w:numId w:val="{num}"/>'
    properties = paragraph.get_or_add_pPr()
    for former in properties.findall(qn("w:numPr")):
        properties.remove(former)
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>"))


def document(numbering_xml, *paragraphs):
    """Paragraphs as text, or as (text, list) and (text, list, level)."""
    made = with_lists(numbering_xml)
    for paragraph in paragraphs:
        text, *place = (paragraph,) if isinstance(paragraph, str) else paragraph
        added = made.add_paragraph(text)
        if place:
            in_list(added._p, *place)
    return made


def with_lists(numbering_xml):
    made = docx.Document()
    made.part.numbering_part._element = parse_xml(
        f"<w:numbering {nsdecls('w')}>{numbering_xml}</w:numbering>"
    )
    return made


def saved(made):
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def lines(made):
    return [line.text for line in documents.read("标准.docx", saved(made)).lines]


def printed(numbering_xml, *places):
    """The lines of paragraphs A, B … that stand in these lists."""
    texts = (chr(ord("A") + place) for place in range(len(places)))
    return lines(
        document(
            numbering_xml, *((text, *place) for text, place in zip(texts, places, strict=True))
        )
    )


def content(standard):
    return [
        (section.number_printed, section.title_printed, item.number_printed, item.text)
        for section in standard.sections
        for item in section.items
    ]


def test_the_villages_standard_with_automatic_numbers_gives_the_same_23_items_as_the_text():
    village = drafts.read("source.txt", SOURCE).standards[1]
    paragraphs = [village.title]
    for section in village.sections:
        paragraphs.append((section.title_printed, 1))
        paragraphs += [(item.text, 2) for item in section.items]
    numbers = lists(level("%1、", "chineseCountingThousand"), level("%1."))

    (read,) = drafts.read("标准.docx", saved(document(numbers, *paragraphs))).standards

    assert read.title == village.title
    assert len(content(read)) == 23
    assert content(read) == content(village)
    assert [section.items[0].checks for section in read.sections] == [
        section.items[0].checks for section in village.sections
    ]


@pytest.mark.parametrize(
    ("kind", "start", "first"),
    [
        ("decimal", 0, "0"),
        ("decimal", 12, "12"),
        ("decimalHalfWidth", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("ideographDigital", 9, "九"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("japaneseCounting", 11, "十一"),
        ("chineseCountingThousand", 9, "九"),
        ("chineseCountingThousand", 19, "十九"),
        ("chineseCountingThousand", 30, "三十"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 2020, "二千零二十"),
        ("chineseLegalSimplified", 3, "叁"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
    ],
)
def test_numbers_are_written_in_the_ways_of_counting_in_use(kind, start, first):
    assert printed(lists(level("%1、", kind, start=start)), (1,)) == [f"{first}、 A"]


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("hebrew1", 1),
        ("custom", 1),
        ("", 1),
        ("decimal", 40_000),
        ("decimal", 99999999999999999999),
        ("decimal", -1),
        ("decimal", "x"),
        ("decimal", None),
        ("lowerRoman", 4000),
        ("upperLetter", 0),
        ("upperLetter", 781),
        ("chineseCounting", 100),
        ("chineseCountingThousand", 10_000),
        ("decimalEnclosedCircle", 21),
        ("chineseLegalSimplified", 10),
        ("ideographDigital", 10),
    ],
)
def test_a_number_that_cannot_be_rebuilt_is_refused_with_its_line(kind, start):
    made = document(
        lists(level("%1.", kind, start=start)),
        "某某标准",
        ("至少有3名干部，每年培训2次以上，有记录。", 1),
    )
    with pytest.raises(
        Unreadable, match="第 2 行“至少有3名干部，每年培训2次以上，有记录”的自动编号"
    ):
        lines(made)


def test_a_format_of_its_own_with_a_plain_one_for_older_programs_is_refused():
    kind = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent xmlns:mc='
        '"http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    with pytest.raises(Unreadable, match="自动编号"):
        printed(lists(kind), (1,))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%1、", "1、 A"),
        ("（%1）", "（1） A"),
        ("第%1条", "第1条 A"),
        ("%1", "1 A"),
        ("附件", "附件 A"),
    ],
)
def test_what_stands_around_a_number_is_read_with_it(text, line):
    assert printed(lists(level(text)), (1,)) == [line]


@pytest.mark.parametrize(
    ("suffix", "text", "line"),
    [
        ("tab", "有书记。", "1. 有书记。"),
        ("space", "有书记。", "1. 有书记。"),
        ("nothing", "有书记。", "1.有书记。"),
        ("nothing", "80%以上有书记。", "1. 80%以上有书记。"),
    ],
)
def test_what_follows_a_number_never_changes_the_words_of_the_item(suffix, text, line):
    made = document(lists(level(more=f'<w:suff w:val="{suffix}"/>')), (text, 1))
    assert lines(made) == [line]
    (item,) = drafts.read("标准.docx", saved(made)).standards[0].sections[0].items
    assert (item.number_printed, item.text) == ("1.", text)


def test_numbers_of_two_levels_begin_anew_under_each_higher_one():
    numbers = lists(level("%1、", "chineseCounting") + level("%1.%2", at=1))
    assert printed(numbers, (1,), (1, 1), (1, 1), (1,), (1, 1)) == [
        "一、 A",
        "一.1 B",
        "一.2 C",
        "二、 D",
        "二.1 E",
    ]


def test_legal_numbers_show_every_level_in_figures():
    numbers = lists(level("%1、", "chineseCounting") + level("%1.%2", at=1, more="<w:isLgl/>"))
    assert printed(numbers, (1,), (1, 1)) == ["一、 A", "1.1 B"]


@pytest.mark.parametrize(("restart", "last"), [(0, "2"), (1, "2"), (2, "1"), (9, "1")])
def test_a_level_begins_anew_only_after_the_levels_it_names(restart, last):
    third = level("%3", at=2, more=f'<w:lvlRestart w:val="{restart}"/>')
    numbers = lists(level() + level("%2", at=1) + third)
    assert printed(numbers, (1,), (1, 1), (1, 2), (1, 1), (1, 2))[-1] == f"{last} E"


def test_a_level_that_is_passed_over_shows_where_it_starts():
    numbers = lists(level() + level("%1.%2", at=1) + level("%1.%2.%3", at=2))
    assert printed(numbers, (1, 1), (1, 1)) == ["1.1 A", "1.2 B"]
    assert printed(numbers, (1,), (1, 2), (1,), (1, 1)) == ["1. A", "1.1.1 B", "2. C", "2.1 D"]


def test_the_number_of_a_level_passed_over_before_is_in_doubt_and_refused():
    numbers = lists(level() + level("%1.%2", at=1))
    with pytest.raises(Unreadable, match="第 2 行“B”"):
        printed(numbers, (1, 1), (1,))


def test_lists_that_share_a_definition_count_on_and_one_with_a_start_of_its_own_begins_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbers = lists(level(), nums=[(1, ""), (1, ""), (1, anew)])
    assert printed(numbers, (1,), (2,), (3,), (3,), (1,)) == [
        "1. A",
        "2. B",
        "5. C",
        "6. D",
        "7. E",
    ]


def test_a_list_may_replace_a_level_of_its_definition():
    own = f'<w:lvlOverride w:ilvl="0">{level("（%1）", "chineseCounting")}</w:lvlOverride>'
    numbers = lists(level(), nums=[(1, ""), (1, own)])
    assert printed(numbers, (1,), (2,)) == ["1. A", "（二） B"]


def test_separate_definitions_count_apart():
    assert printed(lists(level(), level("%1、")), (1,), (2,), (1,)) == ["1. A", "1、 B", "2. C"]


def test_a_bullet_is_read_as_its_text_and_prints_nothing_in_the_numbers_below_it():
    numbers = lists(level("\uf0b7", "bullet") + level("%1%2.", at=1))
    assert printed(numbers, (1,), (1, 1)) == ["A", "1. B"]


@pytest.mark.parametrize(
    "made",
    [
        level("", "none"),
        level("%1", "none"),
        level(""),
        level(more="<w:rPr><w:vanish/></w:rPr>"),
    ],
)
def test_a_level_that_prints_nothing_is_read_as_its_text(made):
    assert printed(lists(made), (1,)) == ["A"]


def test_numbering_that_is_switched_off_or_names_no_list_is_read_as_its_text():
    assert printed(lists(level()), (0,), (7,), (1,)) == ["A", "B", "1. C"]


def test_a_document_without_lists_prints_no_numbers():
    made = docx.Document()
    in_list(made.add_paragraph("1.有书记。")._p, 1)
    for name, relation in list(made.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            del made.part.rels[name]
    assert lines(made) == ["1.有书记。"]


def styled(made, name, based_on=None):
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles[based_on or "Normal"]
    return style


def test_numbers_come_from_the_style_or_from_one_it_is_based_on():
    made = with_lists(lists(level() + level("（%2）", at=1)))
    in_list(styled(made, "条目").element, 1)
    styled(made, "条目二", "条目")
    in_list(styled(made, "款", "条目").element, at=1)
    for style in ("条目", "条目二", "款"):
        made.add_paragraph("有书记。", style=style)
    in_list(made.add_paragraph("有委员。", style="条目")._p, at=1)
    in_list(made.add_paragraph("有党员。", style="条目")._p, 0)
    assert lines(made) == [
        "1. 有书记。",
        "2. 有书记。",
        "（1） 有书记。",
        "（2） 有委员。",
        "有党员。",
    ]


def test_the_level_that_names_a_style_goes_before_the_number_of_a_level():
    second = level("（%2）", at=1, more='<w:pStyle w:val="Clause"/>')
    made = with_lists(lists(level() + second))
    in_list(styled(made, "Clause").element, 1, at=0)
    made.add_paragraph("有书记。", style="Clause")
    assert lines(made) == ["（1） 有书记。"]


@pytest.mark.parametrize("where", ["default style", "document"])
def test_numbers_may_come_from_what_holds_for_all_paragraphs(where):
    made = with_lists(lists(level()))
    if where == "document":
        numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        defaults = f"<w:docDefaults {nsdecls('w')}><w:pPrDefault>{numbered}</w:pPrDefault>"
        former = made.styles.element.find(qn("w:docDefaults"))
        former.getparent().replace(former, parse_xml(f"{defaults}</w:docDefaults>"))
    else:
        in_list(made.styles["Normal"].element, 1)
    made.add_paragraph("有书记。")
    assert lines(made) == ["1. 有书记。"]


def test_a_definition_may_stand_for_that_of_a_numbering_style():
    numbers = lists(
        '<w:numStyleLink w:val="条目"/>', '<w:styleLink w:val="条目"/>' + level("（%1）")
    )
    assert printed(numbers, (1,), (2,)) == ["（1） A", "（2） B"]


def test_a_paragraph_without_text_counts_and_is_no_item():
    made = document(lists(level()), ("有书记。", 1), ("", 1), ("有委员。", 1), ("", 1))
    assert lines(made) == ["1. 有书记。", "3. 有委员。"]


def test_a_hidden_paragraph_does_not_count():
    made = document(lists(level()), ("有书记。", 1), ("暗。", 1), ("有委员。", 1))
    hidden = made.paragraphs[1]
    hidden.runs[0].font.hidden = True
    hidden._p.pPr.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    assert lines(made) == ["1. 有书记。", "2. 有委员。"]


def test_a_column_of_automatic_numbers_numbers_the_rows_of_a_table():
    made = with_lists(lists(level("%1"), level("%1、", "chineseCounting")))
    rows = [
        ("部分", "序号", "内容"),
        ("队伍", "", "有书记。"),
        ("", "", "有委员。"),
        ("阵地", "", "有房。"),
    ]
    table = made.add_table(rows=4, cols=3)
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
        if at:
            in_list(table.cell(at, 1).paragraphs[0]._p, 1)
            in_list(table.cell(at, 0).paragraphs[0]._p, 2)
    table.cell(1, 0).merge(table.cell(2, 0))
    for paragraph in table.cell(1, 0).paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    (standard,) = drafts.read("标准.docx", saved(made)).standards
    assert content(standard) == [
        ("一、", "队伍", "1", "有书记。"),
        ("一、", "队伍", "2", "有委员。"),
        ("二、", "阵地", "3", "有房。"),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        lists(level(at=1)),
        lists(level("%2", at=0) + level(at=1)),
        lists(level("%1" * 60)),
        lists(level(), nums=[(7, "")]),
        lists('<w:numStyleLink w:val="x"/>'),
        lists('<w:numStyleLink w:val="x"/><w:styleLink w:val="x"/>' + level()),
        lists(level(), nums=[(1, '<w:lvlOverride w:ilvl="0"><w:startOverride/></w:lvlOverride>')]),
    ],
    ids=["no level", "deeper", "long", "no definition", "no link", "circle", "no start"],
)
def test_a_damaged_list_is_refused_with_its_line(numbers):
    with pytest.raises(Unreadable, match="第 1 行"):
        printed(numbers, (1,))


def test_styles_based_on_one_another_in_a_circle_are_no_error():
    made = with_lists(lists(level()))
    first, second = styled(made, "First"), styled(made, "Second")
    first.base_style, second.base_style = second, first
    made.add_paragraph("有书记。", style="First")
    assert lines(made) == ["有书记。"]


def test_a_list_of_2000_items_is_read_whole():
    made = document(lists(level()), *(("有书记。", 1) for _item in range(2_000)))
    assert lines(made)[-1] == "2000. 有书记。"


VALUES = st.one_of(
    st.integers(-2, 12).map(str),
    st.sampled_from(["", "x", "%1", "%1.%2", "%9", "decimal", "none", "2147483648", "9" * 5000]),
    st.sampled_from(sorted(numbering._FORMATS)),
)
NAMES = (
    *("abstractNum", "num", "lvl", "lvlOverride", "startOverride", "start", "numFmt", "lvlText"),
    *("abstractNumId", "numStyleLink", "styleLink", "lvlRestart", "isLgl", "suff", "pStyle"),
)


@st.composite
def markup(draw, depth=4):
    name = draw(st.sampled_from(NAMES))
    told = draw(st.dictionaries(st.sampled_from(["val", "ilvl", "numId", "abstractNumId"]), VALUES))
    inner = "".join(draw(st.lists(markup(depth=depth - 1), max_size=4))) if depth else ""
    attributes = "".join(f' w:{key}="{value}"' for key, value in told.items())
    return f"<w:{name}{attributes}>{inner}</w:{name}>"


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=80)
@given(
    parts=st.lists(markup(), max_size=4),
    places=st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6),
)
def test_whatever_the_lists_of_a_file_hold_is_no_error(parts, places):
    sound = lists(level() + level("%1.%2", at=1))
    with suppress(Unreadable):
        printed("".join(parts) + sound, *places)


LEVEL = st.builds(
    level,
    text=st.sampled_from(["%1.", "%1.%2", "%2、", "第%3条", "", "%1%1"]),
    kind=st.sampled_from(["decimal", "bullet", "none", "lowerRoman", "chineseCounting", "other"]),
    at=st.integers(0, 9),
    more=st.sampled_from(
        ["", "<w:isLgl/>", '<w:lvlRestart w:val="1"/>', '<w:suff w:val="nothing"/>']
    ),
    start=st.sampled_from([None, 0, 1, 3, 32_767, -1]),
)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=80)
@given(
    definitions=st.lists(st.lists(LEVEL, max_size=5).map("".join), min_size=1, max_size=3),
    places=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=1, max_size=12),
)
def test_every_line_is_read_with_its_own_words_or_the_file_refused(definitions, places):
    with suppress(Unreadable):
        read = printed(lists(*definitions), *places)
        assert [line[-1] for line in read] == [chr(ord("A") + at) for at in range(len(places))]
