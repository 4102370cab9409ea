"""The name under which a file is given out."""

import pytest

from designation.evidence.names import disposition, served_name

PDF = "application/pdf"


@pytest.mark.parametrize(
    ("name", "served"),
    [
        ("会议纪要.pdf", "会议纪要.pdf"),
        ("会议纪要", "会议纪要.pdf"),
        ("关于2026.3.2会议的v2.1说明", "关于2026.3.2会议的v2.1说明.pdf"),
        ("工资.pdf.exe", "工资.pdf"),
        ("工资.EXE .pdf", "工资.pdf"),
        ("a.hta. ", "a.pdf"),
        ("a\u202egpj.exe", "agpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ("NUL.txt.pdf", "_NUL.txt.pdf"),
        ("com1", "_com1.pdf"),
        ("", "file.pdf"),
        (".exe", "file.pdf"),
    ],
)
def test_the_ending_says_the_type_and_the_rest_harms_nobody(name, served):
    assert served_name(name, PDF) == served


def test_a_type_that_is_not_ours_gets_no_ending():
    assert served_name("a.exe", "application/x-unknown") == "a"


def test_a_name_fits_every_file_system():
    assert len(served_name("长" * 300, PDF).encode()) <= 184


def test_the_header_is_ascii_and_says_both_names():
    assert disposition('会"议;.pdf', plain="3-7") == (
        "attachment; filename=\"3-7.pdf\"; filename*=UTF-8''%E4%BC%9A%22%E8%AE%AE%3B.pdf"
    )
    assert 'filename="3-7";' in disposition("议", plain="3-7")
