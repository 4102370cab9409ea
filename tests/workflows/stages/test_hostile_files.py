"""Files of every kind through the page of an item: each is kept as what it is, or refused in words.

A refusal names the reason and the remedy. What is kept can be had again with the right type under
a name that harms nobody.
"""

import re
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Evidence
from tests import files
from tests.course import PDF

pytestmark = pytest.mark.django_db

DOCX = files.OFFICE + "wordprocessingml.document"
XLSX = files.OFFICE + "spreadsheetml.sheet"
MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = "application/vnd.ms-office.vbaProject"
LINKED = "word/_rels/document.xml.rels"


def linked(kind, target):
    return {LINKED: files.links((files.RELATIONS + kind, target))}


def zeros(megabytes):
    return bytes(megabytes * 1024 * 1024)


# The name it comes under, the content, the type it is kept as, the end of the name it is given.
KEPT = {
    "a pdf": ("纪要.pdf", files.pdf, "application/pdf", "纪要.pdf"),
    "a pdf without an ending": ("纪要", lambda: PDF, "application/pdf", "纪要.pdf"),
    "a pdf behind a line of its printer": (
        "a.pdf",
        lambda: b"\x1b%-12345X@PJL\r\n" + b"\0" * 900 + files.pdf(),
        "application/pdf",
        "a.pdf",
    ),
    "a pdf behind a byte order mark": (
        "a.pdf",
        lambda: b"\xef\xbb\xbf\r\n" + PDF,
        "application/pdf",
        "a.pdf",
    ),
    "a pdf that only forbids changes": (
        "a.pdf",
        lambda: files.pdf(password="", owner="x"),
        "application/pdf",
        "a.pdf",
    ),
    "a pdf padded by a scanner": ("a.pdf", lambda: PDF + b"\0" * 4000, "application/pdf", "a.pdf"),
    "a pdf named as a program": ("工资.pdf.exe", lambda: PDF, "application/pdf", "工资.pdf"),
    "a pdf named as an application": ("a.hta", lambda: PDF, "application/pdf", "a.pdf"),
    "a pdf whose name turns round": (
        "表\u202efdp.exe",
        lambda: PDF,
        "application/pdf",
        "表fdp.pdf",
    ),
    "a pdf named as a path": (
        "C:\\..\\etc\\passwd.pdf",
        lambda: PDF,
        "application/pdf",
        "passwd.pdf",
    ),
    "a pdf named as a device": ("con.pdf", lambda: PDF, "application/pdf", "_con.pdf"),
    "a pdf with a name that no file may have": (
        "a:b?'c.pdf",
        lambda: PDF,
        "application/pdf",
        "a_b_'c.pdf",
    ),
    "a pdf with nothing but an ending": (".pdf", lambda: PDF, "application/pdf", "file.pdf"),
    "a pdf with a very long name": ("长" * 200 + ".pdf", lambda: PDF, "application/pdf", "长.pdf"),
    "a docx": ("总结.docx", files.docx, DOCX, "总结.docx"),
    "a docx with its text in document2": (
        "a.docx",
        lambda: files.office("word/document2.xml"),
        DOCX,
        "a.docx",
    ),
    "a docx with a part in other letters": (
        "a.docx",
        lambda: files.package(
            {
                "[content_types].XML": files.content_types("Word/Document.xml"),
                "word/document.XML": "<d/>",
            }
        ),
        DOCX,
        "a.docx",
    ),
    "a docx with a chart and its table": (
        "a.docx",
        lambda: files.docx(
            endings=[("xlsx", XLSX)], parts={"word/embeddings/book.xlsx": files.xlsx()}
        ),
        DOCX,
        "a.docx",
    ),
    "a docx that knows of macros and has none": (
        "a.docx",
        lambda: files.docx(endings=[("bin", VBA)]),
        DOCX,
        "a.docx",
    ),
    "a docx from a template on the writer's disk": (
        "a.docx",
        lambda: files.docx(parts=linked("attachedTemplate", "file:///C:/Normal.dotm")),
        DOCX,
        "a.docx",
    ),
    "an xlsx": ("台账.xlsx", files.xlsx, XLSX, "台账.xlsx"),
    "an xlsx with settings of a printer": (
        "a.xlsx",
        lambda: files.xlsx(
            endings=[("bin", files.OFFICE + "spreadsheetml.printerSettings")],
            parts={"xl/printerSettings/printerSettings1.bin": b"\x01\x02"},
        ),
        XLSX,
        "a.xlsx",
    ),
    "an xlsx named as a docx": ("a.docx", files.xlsx, XLSX, "a.xlsx"),
    "a photo": ("照片.jpeg", files.jpeg_with_everything, "image/jpeg", "照片.jpg"),
    "a photo in grey": ("a.jpg", lambda: files.jpeg(mode="L"), "image/jpeg", "a.jpg"),
    "a photo for print": ("a.jpg", lambda: files.jpeg(mode="CMYK"), "image/jpeg", "a.jpg"),
    "a photo with an archive behind it": (
        "a.jpg",
        lambda: files.jpeg() + files.package({"evil.exe": "MZ"}),
        "image/jpeg",
        "a.jpg",
    ),
    "a picture": ("图.png", lambda: files.png(text=True), "image/png", "图.png"),
    "a picture with a palette": ("a.png", lambda: files.png(mode="P"), "image/png", "a.png"),
    "a picture one sees through": ("a.png", lambda: files.png(mode="RGBA"), "image/png", "a.png"),
    "a photo of a phone": ("IMG_0001.HEIC", files.heic, "image/jpeg", "IMG_0001.jpg"),
    "a photo of a phone, transparent": (
        "a.heif",
        lambda: files.heic(mode="RGBA"),
        "image/jpeg",
        "a.jpg",
    ),
}

# The name it comes under, the content, a word of the reason, and one of the remedy.
REFUSED = {
    "nothing": ("a.pdf", lambda: b"", "文件是空的", "重新选择"),
    "zeros only": ("a.pdf", lambda: bytes(5000), "内容与后缀名不符", "另存后再传"),
    "a program": ("a.pdf", lambda: b"MZ\x90\0" + bytes(200), "是程序", "请上传 PDF"),
    "a script": ("a.pdf", lambda: b"#!/bin/sh\nrm -rf /", "是程序", "请上传 PDF"),
    "a shortcut": ("a.docx", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(60), "是程序", "请上传 PDF"),
    "a pdf cut off": ("a.pdf", lambda: files.pdf()[:-40], "不完整或已损坏", "另存后再传"),
    "the first half of a pdf kept twice": (
        "a.pdf",
        lambda: PDF + b"2 0 obj<</A 1>>endobj\n3 0 obj<<",
        "不完整或已损坏",
        "另存后再传",
    ),
    "a pdf with a password": (
        "a.pdf",
        lambda: files.pdf(password="secret"),
        "加了密码",
        "取消打开密码",
    ),
    "a pdf whose lock cannot be read": (
        "a.pdf",
        lambda: PDF.replace(b"trailer<<", b"trailer<</Encrypt 99 0 R"),
        "加了密码",
        "取消打开密码",
    ),
    "a page before a pdf": ("a.pdf", lambda: files.HTML + PDF, "另一种文件", "另存为 PDF"),
    "a picture before a pdf": ("a.pdf", lambda: b"GIF89a\n" + PDF, "另一种文件", "另存为 PDF"),
    "an archive behind a pdf": (
        "a.pdf",
        lambda: PDF + files.package({"a.exe": "MZ"}),
        "另一种文件",
        "另存为 PDF",
    ),
    "much behind a pdf": ("a.pdf", lambda: PDF + b"x" * 5000, "另一种文件", "另存为 PDF"),
    "a pdf far behind": ("a.pdf", lambda: b"x" * 2000 + PDF, "内容与后缀名不符", "另存后再传"),
    "a doc": ("a.doc", lambda: files.compound("WordDocument"), "旧格式的文字文档", "另存为 docx"),
    "a doc called docx": (
        "a.docx",
        lambda: files.compound("WordDocument"),
        "旧格式的文字文档",
        "另存为 docx",
    ),
    "an xls": ("a.xls", lambda: files.compound("Workbook"), "旧格式的表格", "另存为 xlsx"),
    "old slides": ("a.ppt", lambda: files.compound("PowerPoint Document"), "演示文稿", "PDF"),
    "a wps file": ("a.wps", lambda: files.compound("Unknown"), "旧格式的文字文档", "另存为 docx"),
    "a compound file of nobody": (
        "a.x",
        lambda: files.compound("Unknown"),
        "不是允许的类型",
        "请上传",
    ),
    "an encrypted docx": (
        "a.docx",
        lambda: files.compound("EncryptionInfo", "EncryptedPackage"),
        "加了密码",
        "取消打开密码",
    ),
    "an encrypted part": (
        "a.docx",
        lambda: files.flagged_as_encrypted(files.docx()),
        "加了密码",
        "取消打开密码",
    ),
    "rich text": ("a.rtf", lambda: rb"{\rtf1 text}", "旧格式的文字文档", "另存为 docx"),
    "a document with macros by its type": (
        "a.docx",
        lambda: files.office(main=MACRO_WORD),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "a workbook with macros by its type in other letters": (
        "a.xlsx",
        lambda: files.office("xl/workbook.xml", MACRO_BOOK.upper()),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "macros by their name": (
        "a.docx",
        lambda: files.docx(parts={"word/VBAPROJECT.BIN": b"x"}),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "macros under another name": (
        "a.docx",
        lambda: files.docx(own=[("/word/harmless.xml", VBA)], parts={"word/harmless.xml": b"x"}),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "macros by an ending": (
        "a.docx",
        lambda: files.docx(endings=[("BIN", VBA)], parts={"word/a.bin": b"x"}),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "macros by a link": (
        "a.docx",
        lambda: files.docx(parts=linked("vbaProject", "a.xml") | {"word/a.xml": b"x"}),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "a sheet of old macros": (
        "a.xlsx",
        lambda: files.xlsx(
            own=[("/xl/m.xml", "application/vnd.ms-excel.macrosheet+xml")],
            parts={"xl/m.xml": "<m/>"},
        ),
        "含有宏",
        "另存为不含宏的 docx",
    ),
    "a binary workbook": (
        "a.xlsx",
        lambda: files.office(
            "xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        ),
        "旧格式的表格",
        "另存为 xlsx",
    ),
    "an embedded object by its type": (
        "a.docx",
        lambda: files.docx(
            endings=[("bin", files.OFFICE + "oleObject")],
            parts={"word/embeddings/oleObject1.bin": b"x"},
        ),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "an embedded object by its content": (
        "a.docx",
        lambda: files.docx(parts={"word/media/image1.png": files.compound("Package")}),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "an embedded object by a link": (
        "a.docx",
        lambda: files.docx(parts=linked("oleObject", "http://x/a")),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "a control": (
        "a.docx",
        lambda: files.docx(
            own=[("/word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml")],
            parts={"word/activeX/activeX1.xml": "<a/>"},
        ),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "an archive within": (
        "a.docx",
        lambda: files.docx(parts={"word/a.xml": files.package({"a.exe": "MZ"})}),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "a package within a package within": (
        "a.docx",
        lambda: files.docx(parts={"a.docx": files.docx(parts={"b.docx": files.docx()})}),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "a template from the net": (
        "a.docx",
        lambda: files.docx(parts=linked("attachedTemplate", "HTTPS://evil.example/t.dotm")),
        "到网上取模板",
        "复制到新文件",
    ),
    "a template": (
        "a.docx",
        lambda: files.office(main=files.OFFICE + "wordprocessingml.template.main+xml"),
        "模板",
        "另存为 docx",
    ),
    "slides": (
        "a.pptx",
        lambda: files.office(
            "ppt/presentation.xml", files.OFFICE + "presentationml.presentation.main+xml"
        ),
        "演示文稿",
        "PDF",
    ),
    "a package of something else": (
        "a.docx",
        lambda: files.office("a/b.xml", "application/x-other+xml"),
        "不是允许的类型",
        "请上传",
    ),
    "two documents in one": (
        "a.docx",
        lambda: files.docx(own=[("/xl/w.xml", files.EXCEL_MAIN)], parts={"xl/w.xml": "<w/>"}),
        "不是允许的类型",
        "请上传",
    ),
    "an ofd": ("a.ofd", lambda: files.package({"OFD.xml": "<o/>"}), "版式文件", "PDF"),
    "an open document": (
        "a.odt",
        lambda: files.package({"mimetype": "application/vnd.oasis.opendocument.text"}),
        "其他文档",
        "PDF",
    ),
    "an archive": ("a.zip", lambda: files.package({"a.txt": "x"}), "压缩包", "解压后逐个上传"),
    "an archive called docx": (
        "a.docx",
        lambda: files.package({"word/document.xml": "x"}),
        "压缩包",
        "解压后逐个上传",
    ),
    "another archive": ("a.rar", lambda: b"Rar!\x1a\x07\0" + bytes(50), "压缩包", "解压后逐个上传"),
    "a docx cut off": ("a.docx", lambda: files.docx()[:-60], "不完整或已损坏", "另存后再传"),
    "a docx with a bit turned": (
        "a.docx",
        lambda: files.docx().replace(b"\x0b", b"\x0c", 1),
        "不完整或已损坏",
        "另存后再传",
    ),
    "a list of types that is none": (
        "a.docx",
        lambda: files.package({"[Content_Types].xml": "x", "word/document.xml": "x"}),
        "不完整或已损坏",
        "另存后再传",
    ),
    "a list of types with entities": (
        "a.docx",
        lambda: files.package(
            {
                "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]>'
                + files.content_types().split("?>")[1],
                "word/document.xml": "x",
            }
        ),
        "不完整或已损坏",
        "另存后再传",
    ),
    "the same part twice": (
        "a.docx",
        lambda: files.docx(parts={"WORD/document.xml": "<d/>"}),
        "不完整或已损坏",
        "另存后再传",
    ),
    "a bomb that says so": (
        "a.docx",
        lambda: files.docx(parts={"word/a.xml": zeros(60)}),
        "展开后过大",
        "复制到新文件",
    ),
    "a bomb in many parts": (
        "a.docx",
        lambda: files.docx(parts={f"word/{at}.xml": zeros(15) for at in range(14)}),
        "展开后过大",
        "复制到新文件",
    ),
    "a bomb that says less": (
        "a.docx",
        lambda: files.with_understated_size(
            files.docx(parts={"word/a.xml": zeros(60)}), "word/a.xml"
        ),
        "不完整或已损坏",
        "另存后再传",
    ),
    "a bomb within": (
        "a.docx",
        lambda: files.docx(parts={"a.xlsx": files.xlsx(parts={"xl/a.xml": zeros(60)})}),
        "嵌有其他程序的对象",
        "改成图片",
    ),
    "ten thousand parts": (
        "a.docx",
        lambda: files.docx(parts={f"word/{at}.xml": "" for at in range(6000)}),
        "展开后过大",
        "复制到新文件",
    ),
    "a list of types without end": (
        "a.docx",
        lambda: files.package({"[Content_Types].xml": files.content_types() + " " * 5_000_000}),
        "展开后过大",
        "复制到新文件",
    ),
    "a document behind a program": (
        "a.docx",
        lambda: b"MZ" + files.docx(),
        "是程序",
        "请上传 PDF",
    ),
    "a page behind a document": (
        "a.docx",
        lambda: files.docx() + files.HTML,
        "另一种文件",
        "另存为 PDF",
    ),
    "a document behind an archive": (
        "a.docx",
        lambda: files.package({"a.exe": "MZ"}) + files.docx(),
        "另一种文件",
        "另存为 PDF",
    ),
    "a document that is a pdf too": (
        "a.docx",
        lambda: files.package({"a": "%PDF-1.4"}, compression=0),
        "另一种文件",
        "另存为 PDF",
    ),
    "a photo cut off": (
        "a.jpg",
        lambda: files.jpeg(notes=False)[:500],
        "不完整或已损坏",
        "另存后再传",
    ),
    "the head of a photo": (
        "a.jpg",
        lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(99),
        "不完整或已损坏",
        "另存后再传",
    ),
    "a picture cut off": ("a.png", lambda: files.png()[:-30], "不完整或已损坏", "另存后再传"),
    "a photo of a phone cut off": (
        "a.heic",
        lambda: files.heic()[:-60],
        "不完整或已损坏",
        "另存后再传",
    ),
    "a picture far too wide": (
        "a.png",
        lambda: files.png_of_claimed_size(10_000, 7_000),
        "像素过多",
        "缩小",
    ),
    "a picture as a bomb": (
        "a.png",
        lambda: files.png_of_claimed_size(60_000, 60_000),
        "像素过多",
        "缩小",
    ),
    "a drawing that can act": ("a.svg", lambda: files.SVG, "SVG", "另存为 PNG"),
    "a drawing called a picture": ("a.png", lambda: files.SVG, "SVG", "另存为 PNG"),
    "a page": ("a.html", lambda: files.HTML, "其实是网页", "打印为 PDF"),
    "a page called a photo": ("a.jpg", lambda: files.HTML, "其实是网页", "打印为 PDF"),
    "a page called a table": (
        "a.xls",
        lambda: b"\r\n <table>" + files.HTML,
        "其实是网页",
        "另存为 xlsx",
    ),
    "a page in wide letters": (
        "a.jpg",
        lambda: files.HTML.decode().encode("utf-16"),
        "其实是网页",
        "打印为 PDF",
    ),
    "a page as a letter": ("a.mht", lambda: b"MIME-Version: 1.0\n\nx", "其实是网页", "打印为 PDF"),
    "a moving picture": (
        "a.gif",
        lambda: files.other_picture("GIF"),
        "其他格式的图片",
        "另存为 JPG",
    ),
    "a picture of the web": (
        "a.jpg",
        lambda: files.other_picture("WEBP"),
        "其他格式的图片",
        "另存为 JPG",
    ),
    "a picture in dots": (
        "a.bmp",
        lambda: files.other_picture("BMP"),
        "其他格式的图片",
        "另存为 JPG",
    ),
    "a scan": (
        "a.tif",
        lambda: files.other_picture("TIFF"),
        "TIFF 扫描件",
        "另存（打印）为一个 PDF",
    ),
    "a scan of the other kind": (
        "a.tif",
        lambda: b"MM\0*\0\0\0\x08" + bytes(64),
        "TIFF 扫描件",
        "另存（打印）为一个 PDF",
    ),
    "a picture as avif": (
        "a.heic",
        lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(50),
        "其他格式的图片",
        "另存为 JPG",
    ),
    "a picture as avif by another brand": (
        "a.heic",
        lambda: b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf" + bytes(50),
        "其他格式的图片",
        "另存为 JPG",
    ),
    "a film": ("a.mp4", lambda: b"\0\0\0\x18ftypmp42" + bytes(99), "视频或录音", "截取画面"),
    "a recording": ("a.amr", lambda: b"#!AMR\n" + bytes(99), "视频或录音", "写成文字说明"),
    "an old film": ("a.avi", lambda: b"RIFF\0\0\0\0AVI " + bytes(99), "视频或录音", "截取画面"),
    "plain words": ("a.txt", "会议记录".encode, "纯文本", "另存为 docx"),
    "plain words of an older system": (
        "a.txt",
        lambda: "会议记录".encode("gb18030"),
        "纯文本",
        "docx",
    ),
    "words called a pdf": ("a.pdf", lambda: b"just words", "内容与后缀名不符", "另存后再传"),
    "a file locked by the office": (
        "a.docx",
        lambda: b"\x9a\xf3" * 400,
        "加密软件",
        "解密并另存后再传",
    ),
    "noise with zeros": ("a.dat", lambda: b"a\0b" * 99, "不是允许的类型", "请上传 PDF"),
    "noise": ("a.dat", lambda: b"\x9a\xff\xff\x81" * 400, "不是允许的类型", "请上传 PDF"),
}


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def as_preparer(client, county):
    client.force_login(county.preparer)
    return client


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, "NC-01", *more])


def upload(client, application, name, content, title=""):
    file = SimpleUploadedFile("x", content)
    # The name as it was sent: what makes a path of it is not for the test's client to decide.
    file._name = name
    return client.post(page("evidence_add", application), {"file": file, "title": title})


def said_name(served):
    return unquote(re.search(r"filename\*=UTF-8''(\S+)", served["Content-Disposition"])[1])


@pytest.mark.parametrize(("name", "content", "kind", "given"), KEPT.values(), ids=KEPT)
def test_what_is_allowed_is_kept_and_given_out_as_what_it_is(
    as_preparer, draft, name, content, kind, given
):
    assert upload(as_preparer, draft, name, content()).status_code == 302

    kept = Evidence.objects.get()
    served = as_preparer.get(reverse("applications:evidence", args=[draft.pk, kept.pk]))

    assert served["Content-Type"] == kind
    assert said_name(served).endswith(given)
    assert len(said_name(served).encode()) < 200
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    body = b"".join(served.streaming_content)
    assert len(body) == kept.size
    served.close()


@pytest.mark.parametrize(("name", "content", "reason", "remedy"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_allowed_is_refused_with_the_reason_and_the_remedy(
    as_preparer, draft, name, content, reason, remedy
):
    answer = upload(as_preparer, draft, name, content())

    assert answer.status_code == 422
    (error,) = answer.context["evidence_form"].errors["file"]
    assert reason in error
    assert remedy in error
    assert not Evidence.objects.exists()
