"""A county brings a Word template of its own, which is tried first, kept, and taken back."""

import io
import re
import zipfile
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from lxml import html

from designation.audit.models import AuditEvent
from designation.evidence import content
from designation.organizations.models import Role
from designation.papers import files, templates, word
from designation.papers.fields import PAPERS, described
from designation.papers.models import WordTemplate
from designation.site.refusal import Refusal
from tests import factories
from tests.designation.papers.papers import decision
from tests.designation.papers.test_word import template
from tests.titles_given import Title
from tests.workflows.test_two_counties import Neighbour

pytestmark = pytest.mark.django_db

KIND = "decision"
BODY = "{{ paragraphs|join('') }}"
OWN = ("本县文件 {{ document_number }}", "{{ heading }}" + BODY)


def bring(county, *lines, seen=None, actor=None, made=None):
    received = content.received(made or template(*(lines or OWN)), "本县模板.docx")
    return templates.bring(
        county.jurisdiction,
        KIND,
        received,
        seen=templates.Seen(seen),
        actor=actor or county.coordinator,
    )


def first_line(area):
    return Document(BytesIO(files.paper_docx(decision(), area=area)[0])).paragraphs[0].text


@pytest.fixture
def as_coordinator(client, county):
    client.force_login(county.coordinator)
    return client


def page(county):
    return reverse("papers:template", args=[county.jurisdiction.pk, KIND])


def test_papers_of_the_county_are_set_by_its_own_template_and_of_others_by_the_system_s(county):
    bring(county)

    assert first_line(county.jurisdiction) == "本县文件 青发〔2026〕8号"
    assert first_line(Neighbour().jurisdiction) == "中共青山县委文件"
    event = AuditEvent.objects.get(action="word_template.bring")
    assert (event.actor_role, event.details["paper"]) == (Role.COUNTY_COORDINATOR, KIND)


def test_the_pdf_stays_in_the_official_layout(county):
    before = files.paper_pdf(decision())
    bring(county)

    assert files.paper_pdf(decision())[:1000] == before[:1000]


def test_every_version_is_kept_and_the_system_s_taken_back(county):
    one = bring(county)
    other = bring(county, "第二版 " + BODY, seen=one.pk)
    templates.end(
        county.jurisdiction, KIND, seen=templates.Seen(other.pk), actor=county.coordinator
    )

    assert WordTemplate.objects.filter(ended_at__isnull=False).count() == 2
    assert first_line(county.jurisdiction) == "中共青山县委文件"


def test_the_same_file_again_changes_nothing(county):
    made = template(*OWN)
    one = bring(county, made=made)

    assert bring(county, made=made) == one
    assert WordTemplate.objects.count() == 1


def test_who_saw_another_template_is_told_and_changes_nothing(county):
    bring(county)

    with pytest.raises(Refusal) as refused:
        bring(county, "另一版 " + BODY, seen=None)

    assert refused.value.codes == ("changed_meanwhile",)
    assert WordTemplate.objects.get().ended_at is None


@pytest.mark.parametrize("role", [Role.DECIDING_OFFICER, Role.NOTICE_PUBLISHER])
def test_only_the_coordinator_of_the_area_keeps_its_templates(county, role):
    for person in (factories.seated(role, county.jurisdiction), Neighbour().coordinator):
        with pytest.raises(Refusal) as refused:
            bring(county, actor=person)
        assert refused.value.codes == ("not_permitted",)


def test_a_template_is_brought_on_its_page_and_taken_back_there(as_coordinator, county):
    shown = as_coordinator.get(page(county)).content.decode()
    assert "valid_years" in shown
    file = SimpleUploadedFile("本县模板.docx", template(*OWN))
    answer = as_coordinator.post(page(county), {"standing": "", "file": file})
    assert answer.url == page(county)

    row = WordTemplate.objects.get()
    back = reverse("papers:end", args=[county.jurisdiction.pk, KIND])
    own = reverse("papers:file", args=[county.jurisdiction.pk, KIND])
    assert b"".join(as_coordinator.get(own)) == bytes(row.content)
    assert "本县模板.docx" in as_coordinator.get(page(county)).content.decode()
    assert as_coordinator.post(back, {"standing": row.pk}).url == page(county)
    row.refresh_from_db()
    assert row.ended_by == county.coordinator
    assert as_coordinator.post(back, {"standing": row.pk}).status_code == 422


def test_a_fault_is_told_at_the_file_with_field_and_paragraph(as_coordinator, county):
    file = SimpleUploadedFile("本县模板.docx", template("第一段", "{{ secret_key }} 之后"))

    answer = as_coordinator.post(page(county), {"standing": "", "file": file})

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["file"]
    assert (
        told
        == "第 2 段“{{ secret_key }} 之后”：这种文书没有“secret_key”这个字段，请对照下面的字段表。"
    )
    assert not WordTemplate.objects.exists()


# What would be printed wrong


def told_of(browser, county, made):
    """What the page says of a file at its field."""
    file = SimpleUploadedFile("本县模板.docx", made)
    answer = browser.post(page(county), {"standing": "", "file": file})
    assert answer.status_code == 422
    assert not WordTemplate.objects.exists()
    (told,) = answer.context["form"].errors["file"]
    return told


def test_last_year_s_finished_paper_is_no_template(as_coordinator, county):
    """Every paper by it would state what it said of another unit."""
    lines = ("青发〔2025〕3号", "命名红旗村等12个组织为示范点", "{{ document_number }}")

    told = told_of(as_coordinator, county, template(*lines))

    assert told.startswith("模板里没有写正文的字段，每份文书都会印出同样的内容。")
    assert told.endswith("请至少写其中一个：paragraphs、names。")


@pytest.mark.parametrize(
    "line",
    [
        "{% if paragraphs %}正文{% endif %}",
        "{{ paragraphs|length }}",
        "{{ basis|default('names') }}",
    ],
)
def test_a_field_that_is_only_asked_for_fills_nothing_in(as_coordinator, county, line):
    assert "没有写正文的字段" in told_of(as_coordinator, county, template(line))


def test_what_stood_as_a_template_and_fills_nothing_in_gives_no_paper(county):
    row = bring(county)
    WordTemplate.objects.filter(pk=row.pk).update(content=template("命名红旗村", "{{ dated }}"))

    given, told = files.paper_docx(decision(), area=county.jurisdiction)

    assert Document(BytesIO(given)).paragraphs[0].text == "中共青山县委文件"
    assert "没有写正文的字段" in told


@pytest.mark.parametrize(
    "line",
    [
        "文号：｛｛ document_number ｝｝",
        "文号：{｛ document_number ｝}",
        "文号：{{ document_number ｝｝",
        "文号：{ document_number }",
        "文号：{ {document_number} }",
        "单位：{row.name}",
        "名单{％ for row in names ％}",
        "名单{ % for row in names % }",
        "名单｛% for row in names %｝",
    ],
)
def test_a_tag_that_would_be_printed_as_it_stands_is_told_with_its_paragraph(
    as_coordinator, county, line
):
    told = told_of(as_coordinator, county, template(BODY, line))

    assert told.startswith(f"第 2 段“{line}”：")
    assert "会照原样印在纸上：标记要用半角符号" in told


def test_braces_that_name_no_field_are_a_text_as_any_other(county):
    assert bring(county, "附件{1}、{甲}", "占 50%", BODY)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("名单：{%p for row in names %}", "{{ row.name }}", "{%p endfor %}"), "单独占一段"),
        (("{%p for row in names %}{{ row.name }}{%p endfor %}",), "单独占一段"),
        (("名单：{#p 每行一个 #}",), "单独占一段"),
        (("{%tr for row in names %}", "{{ row.name }}", "{%tr endfor %}"), "只能写在表格里"),
        (("{%tc if mark %}", "{%tc endif %}"), "只能写在表格里"),
    ],
)
def test_a_tag_that_takes_away_what_is_around_it_stands_alone_there(
    as_coordinator, county, lines, told
):
    said = told_of(as_coordinator, county, template(BODY, *lines))

    assert said.startswith(f"第 2 段“{lines[0][:40]}”：")
    assert told in said


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["{%tr for row in names %}{{ row.name }}{%tr endfor %}"], "单独占一行"),
        (["{%tr for row in names %}", "名称"], "单独占一行"),
        (["{%tc if mark %}草稿{%tc endif %}"], "单独占一格"),
    ],
)
def test_so_does_one_in_a_table(as_coordinator, county, row, told):
    said = told_of(as_coordinator, county, template(BODY, rows=[row]))

    assert said.startswith(f"第 2 段“{row[0][:40]}”：")
    assert told in said


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u200e"])
def test_a_character_that_nobody_sees_is_named(as_coordinator, county, unseen):
    told = told_of(as_coordinator, county, template(BODY, f"{{{{ {unseen}document_number }}}}"))

    assert f"标记里有看不见的字符（U+{ord(unseen):04X}）" in told


# What a package may not hold


def changed(**parts):
    """A template with parts of its package changed: by name, what becomes of its text."""
    source, made = zipfile.ZipFile(BytesIO(template(*OWN))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.infolist():
            text = source.read(entry)
            for name, (old, new) in parts.items():
                if entry.filename.endswith(name.replace("_", ".")):
                    text = re.sub(old, new, text, count=1)
            package.writestr(entry.filename, text)
    return made.getvalue()


def link(kind, mode):
    return (
        b"</Relationships>",
        f'<Relationship Id="rX" Type="http://x/{kind}" Target="http://x/" TargetMode="{mode}"/>'
        "</Relationships>".encode(),
    )


def written(xml):
    return b"</w:body>", f"{xml}</w:body>".encode()


def field(*runs):
    inner = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return written(f"<w:p>{mark('begin')}{inner}{mark('end')}</w:p>")


def mark(kind, beside=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/>{beside}</w:r>'


def simple_field(words):
    run = "<w:r><w:t>1</w:t></w:r>"
    return written(f'<w:p><w:fldSimple w:instr="{words}" w:dirty="true">{run}</w:fldSimple></w:p>')


def setting(xml):
    return b"</w:settings>", f"{xml}</w:settings>".encode()


HOSTILE = {
    "a picture from elsewhere": {"document_xml_rels": link("image", "External")},
    "a chunk of another file": {"document_xml_rels": link("aFChunk", "Internal")},
    "a field that starts a program": {"document_xml": field("DDEAUTO c:\\\\windows\\\\cmd.exe")},
    "a field that reads a file": {"document_xml": field("INCLUDETEXT /etc/passwd")},
    "a field in pieces": {"document_xml": field("DD", "EAUTO c:\\\\x")},
    "a field cut by a comment": {"document_xml": field("INC<!-- -->LUDETEXT c:/x")},
    "a field behind a page number": {"document_xml": field("PAGE", " c:/x")},
    "a field of a simple kind": {"document_xml": simple_field("INCLUDETEXT c:/x")},
    "a field of text": {
        "document_xml": written(
            f"<w:p>{mark('begin')}<w:r><w:t>DDEAUTO c:/x</w:t></w:r>{mark('end')}</w:p>"
        )
    },
    "a field named by a tag": {"document_xml": field("{{ 'INCLUDETEXT' }} c:/x")},
    "a field that is a field of the paper": {"document_xml": field("{{ basis }}")},
    "a simple field named by a tag": {"document_xml": simple_field("{{ 'DDEAUTO' }} c:/x")},
    "a field under a condition": {
        "document_xml": simple_field("{% if basis %}DDEAUTO{% endif %} c:/x")
    },
    "a field behind a comment": {"document_xml": simple_field("{# #}DDEAUTO c:/x")},
    "a page number that is a tag": {"document_xml": field("PAGE {{ basis }}")},
    "a field that a tag lets go on": {
        "document_xml": written(
            f"<w:p>{mark('begin')}</w:p><w:p>{mark('separate', '<w:t>{%p if basis %}</w:t>')}</w:p>"
            "<w:p><w:r><w:t>DDEAUTO c:/x</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}</w:t></w:r>"
            f"</w:p><w:p>{mark('end')}</w:p>"
        )
    },
    "letters out of a database": {
        "settings_xml": setting('<w:mailMerge><w:query w:val="SELECT 1"/></w:mailMerge>')
    },
    "a template of its own": {"settings_xml": setting('<w:attachedTemplate r:id="rX"/>')},
    "a program that saves": {"settings_xml": setting('<w:saveThroughXslt r:id="rX"/>')},
    "a drawing from elsewhere": {
        "document_xml": written(
            '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:shape><v:imagedata src="http://x/a.png"/></v:shape></w:pict></w:r></w:p>'
        )
    },
    "a link that does not say so": {"document_xml_rels": link("image", "Internal")},
    "an entity": {"styles_xml": (rb"\?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>')},
    "a part that unpacks without end": {
        "styles_xml": (b"</w:styles>", b" " * 5_000_000 + b"</w:styles>")
    },
    "a macro": {},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_package_that_could_act_is_not_taken(county, what):
    made = changed(**HOSTILE[what])
    if what == "a macro":
        with zipfile.ZipFile(added := BytesIO(made), "a") as package:
            package.writestr("word/vbaProject.bin", b"x")
        made = added.getvalue()

    with pytest.raises(Refusal) as refused:
        bring(county, made=made)

    assert set(refused.value.codes) <= {"package", "macros", "embedded", "damaged", "acts"}
    assert not WordTemplate.objects.exists()


PLACES = {
    "正文第 3 段：有会自动取数的域（DDEAUTO c:/x）。": {"document_xml": field("DDE", "AUTO c:/x")},
    "正文第 3 段：有会自动取数的域（{{ basis }}）。": {"document_xml": simple_field("{{ basis }}")},
    "文档设置：有指向外部的数据或文件（mailMerge）。": {"settings_xml": setting("<w:mailMerge/>")},
}


@pytest.mark.parametrize("told", PLACES)
def test_what_could_act_is_told_with_part_and_paragraph(county, told):
    with pytest.raises(Refusal) as refused:
        bring(county, made=changed(**PLACES[told]))

    assert str(refused.value).startswith(told)


BY = 'w:id="9" w:author="张三" w:date="2026-03-01T00:00:00Z"'
UNDECIDED = {
    "a text that came in": f"<w:p><w:ins {BY}><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
    "a text struck out": f"<w:p><w:del {BY}><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
    "a text moved away": f"<w:p><w:moveFrom {BY}/></w:p>",
    "a text moved here": f"<w:p><w:moveTo {BY}/></w:p>",
    "a paragraph that came in": f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr></w:p>",
    "another letter": f"<w:p><w:r><w:rPr><w:rPrChange {BY}/></w:rPr></w:r></w:p>",
}


@pytest.mark.parametrize("what", UNDECIDED)
def test_a_change_that_nobody_decided_on_is_told_with_its_paragraph(county, what):
    with pytest.raises(Refusal) as refused:
        bring(county, made=changed(document_xml=written(UNDECIDED[what])))

    assert str(refused.value).startswith("正文第 3 段：有没有处理的修订，会连同修订人的姓名")
    assert "请先接受全部修订" in str(refused.value)


def test_a_remark_is_told_with_its_paragraph_and_one_left_over_by_its_part(county):
    remark = '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    made = BytesIO(template(*OWN))
    with zipfile.ZipFile(made, "a") as package:
        namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        held = f"<w:comments {namespace}><w:comment {BY}/></w:comments>"
        package.writestr("word/comments.xml", held)

    for file, where in (
        (changed(document_xml=written(remark)), "正文第 3 段"),
        (made.getvalue(), "批注"),
    ):
        with pytest.raises(Refusal, match=f"^{where}：有批注，会连同批注人的姓名印发出去。"):
            bring(county, made=file)


def test_what_stood_with_such_a_change_gives_no_paper(county):
    row = bring(county)
    made = changed(document_xml=written(UNDECIDED["a text struck out"]))
    WordTemplate.objects.filter(pk=row.pk).update(content=made)

    given, told = files.paper_docx(decision(), area=county.jurisdiction)

    assert "张三".encode() not in zipfile.ZipFile(BytesIO(given)).read("word/document.xml")
    assert "请先接受全部修订" in told


def test_a_part_under_another_name_is_judged_as_well(county):
    made = BytesIO(template(*OWN))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/settings.dat", "<a:s xmlns:a='a'><a:mailMerge/></a:s>")

    with pytest.raises(Refusal) as refused:
        bring(county, made=made.getvalue())

    assert "mailMerge" in str(refused.value)


@pytest.mark.parametrize(
    "page_number", ["PAGE", " PAGE  \\* MERGEFORMAT ", "numpages \\# &quot;0&quot;", " ", ""]
)
def test_page_numbers_are_let_in_as_word_processors_write_them(county, page_number):
    begin, end = page_number[:4], page_number[4:]

    assert bring(county, made=changed(document_xml=field(begin, end)))
    second = changed(document_xml=simple_field(page_number), settings_xml=setting("<w:docVars/>"))
    assert bring(county, made=second, seen=WordTemplate.objects.get().pk)


def test_a_file_that_would_act_once_it_is_filled_in_is_not_given_out(county):
    """Judged on each paper: a condition may hold on it that did not on the sample."""
    row = bring(county)
    hidden = written(
        "<w:p><w:r><w:t>{# {{ #} &lt;w:fldSimple w:instr='DDEAUTO c:/x'/&gt; {# }} #}</w:t></w:r>"
        "</w:p>"
    )
    made = changed(document_xml=hidden)
    WordTemplate.objects.filter(pk=row.pk).update(content=made)

    given, told = files.paper_docx(decision(), area=county.jurisdiction)

    assert b"DDEAUTO" not in zipfile.ZipFile(BytesIO(given)).read("word/document.xml")
    assert "DDEAUTO" in told


def test_what_is_no_word_file_is_told_so(county):
    with pytest.raises(Refusal) as refused:
        bring(
            county,
            made=b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        )

    assert refused.value.codes == ("no_word_file",)


def test_a_template_whose_fields_are_gone_holds_no_paper_up(county, monkeypatch):
    row = bring(county)
    WordTemplate.objects.filter(pk=row.pk).update(content=template("{{ gone }}"))

    assert first_line(county.jurisdiction) == "中共青山县委文件"


def test_who_takes_a_paper_that_the_county_s_template_did_not_do_for_is_told(county):
    order = Title(county).act("order")
    received = content.received(template(*OWN), "本县模板.docx")
    row = templates.bring(
        county.jurisdiction,
        "rectification",
        received,
        seen=templates.Seen(None),
        actor=county.coordinator,
    )
    client = Client()
    client.force_login(county.coordinator)
    address = reverse("titles:paper", args=[order.title_id, order.pk, "docx"])
    assert "系统版式" not in unquote(client.get(address)["Content-Disposition"])
    WordTemplate.objects.filter(pk=row.pk).update(content=template("{{ gone }}"))

    answer = client.get(address)

    assert "（系统版式）.docx" in unquote(answer["Content-Disposition"])
    shown = client.get(reverse("titles:title", args=[order.title_id])).content.decode()
    assert "按系统版式生成的，本县的 Word 模板用不了：第 1 段“{{ gone }}”" in shown


def test_every_kind_is_listed_and_the_system_s_template_given_out(as_coordinator, county):
    listed = as_coordinator.get(reverse("papers:kinds", args=[county.jurisdiction.pk]))
    assert listed.content.decode().count("系统模板") == len(listed.context["rows"])

    own = as_coordinator.get(reverse("papers:file", args=[county.jurisdiction.pk, KIND]))
    assert b"".join(own) == word.own_template(KIND)


def test_where_the_prefecture_has_a_template_the_county_s_pages_say_so(as_coordinator, county):
    """The system's is said, the prefecture's was given out, and every paper is set by it."""
    above = factories.prefecture()
    received = content.received(template("市级模板", BODY), "市模板.docx")
    actor = factories.seated(Role.COUNTY_COORDINATOR, above)
    row = templates.bring(above, KIND, received, seen=templates.Seen(None), actor=actor)
    listed = reverse("papers:kinds", args=[county.jurisdiction.pk])

    for address in (listed, page(county)):
        shown = as_coordinator.get(address).content.decode()
        assert "青山市的模板" in shown
        assert "本县模板</span>" not in shown
    assert ">系统模板<" not in shown
    assert "恢复系统模板" not in shown, "it is not the county's to end"
    assert first_line(county.jurisdiction) == "市级模板"

    WordTemplate.objects.filter(pk=row.pk).update(content=template("{{ gone }}"))
    told = files.paper_docx(decision(), area=county.jurisdiction)[1]
    assert "上级的 Word 模板用不了：第 1 段“{{ gone }}”" in told
    bring(county)
    assert "本县模板</span>" in as_coordinator.get(page(county)).content.decode()


def test_the_page_of_templates_says_that_a_sealed_copy_is_the_pdf(as_coordinator, county):
    shown = as_coordinator.get(reverse("papers:kinds", args=[county.jurisdiction.pk]))

    assert "放回了盖章件的，PDF 就是盖章件" in shown.content.decode()


@pytest.mark.parametrize("kind", PAPERS)
def test_beside_the_upload_stand_all_fields_of_the_kind_each_once(as_coordinator, county, kind):
    shown = as_coordinator.get(reverse("papers:template", args=[county.jurisdiction.pk, kind]))

    codes = html.fromstring(shown.content).xpath("//details//table[1]//code/text()")
    named = [code for code in codes if not code.startswith("row.")]
    assert len(named) == len(set(named))
    assert set(named) == set(word.schema(kind))
    rows = {code.removeprefix("row.") for code in codes if code.startswith("row.")}
    held = [inner for _name, _says, inner in described(PAPERS[kind]) if inner]
    assert rows == {name for inner in held for name, _says, _none in described(inner)}


def test_what_a_template_may_not_say_opens_the_fields(as_coordinator, county):
    address = page(county)
    fields = "//details[summary[contains(., '可以写的字段')]]/@open"
    assert not html.fromstring(as_coordinator.get(address).content).xpath(fields)

    file = SimpleUploadedFile("a.docx", template("{{ no_such }}"))
    refused = as_coordinator.post(address, {"file": file, "standing": ""})

    assert refused.status_code == 422
    assert len(html.fromstring(refused.content).xpath(fields)) == 1


def test_other_counties_learn_nothing_of_it(county):
    client = Client()
    client.force_login(Neighbour().coordinator)

    for name, arguments in (("kinds", []), ("template", [KIND]), ("file", [KIND])):
        address = reverse(f"papers:{name}", args=[county.jurisdiction.pk, *arguments])
        assert client.get(address).status_code == 404
