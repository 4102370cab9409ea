"""A template that could act, never end or grow without bounds is refused, with its place."""

from io import BytesIO

import pytest
from docx import Document

from designation.papers import apart, filling, templates, word
from tests.designation.papers.papers import decision
from tests.designation.papers.test_word import template

KIND = "decision"


def refused(*lines, **parts):
    return word.filled(decision(), template("第一段", *lines, **parts))


HOSTILE = {
    "{{ ''.__class__ }}": "not_allowed",
    "{{ names.__class__ }}": "not_allowed",
    "{{ basis.format(names) }}": "not_allowed",
    "{{ basis|attr('__class__') }}": "not_allowed",
    "{{ names|map(attribute='name') }}": "not_allowed",
    "{{ range(10**9) }}": "not_allowed",
    "{{ lipsum() }}": "not_allowed",
    "{{ lipsum }}": "unknown_field",
    "{{ cycler('a') }}": "not_allowed",
    "{{ namespace(a=1) }}": "not_allowed",
    "{{ self }}": "unknown_field",
    "{{ 'a' * 1000000000 }}": "not_allowed",
    "{{ basis ~ basis }}": "not_allowed",
    "{{ 10 ** 10 ** 10 }}": "not_allowed",
    "{{ [basis] }}": "not_allowed",
    "{{ {'a': basis} }}": "not_allowed",
    "{{ names[0] }}": "not_allowed",
    "{{ basis if basis else names }}": "not_allowed",
    "{{ basis is defined }}": "not_allowed",
    "{{ names }}": "list_as_text",
    "{{ names|trim }}": "list_as_text",
    "{{ names|default('x') }}": "list_as_text",
    "{{ names|default('x')|trim }}": "list_as_text",
    "{{ names|default('x')|join('、') }}": "list_as_text",
    "{{ names or basis }}": "list_as_text",
    "{{ basis and paragraphs }}": "list_as_text",
    "{{ (basis or lines)|trim }}": "list_as_text",
    "{% if names|trim %}x{% endif %}": "list_as_text",
    "{{r heading }}": "moved",
    "{{p heading }}": "moved",
    "{{tr heading }}": "moved",
    "{{tc heading }}": "moved",
    "{{ basis|join(basis) }}": "not_allowed",
    "{{ secret_key }}": "unknown_field",
    "{% include '/etc/passwd' %}": "not_allowed",
    "{% import 'os' as os %}": "not_allowed",
    "{% extends 'base' %}": "not_allowed",
    "{% macro a() %}{% endmacro %}": "not_allowed",
    "{% set a = basis %}": "not_allowed",
    "{% raw %}{{ basis }}{% endraw %}": "not_allowed",
    "{% filter upper %}x{% endfilter %}": "not_allowed",
    "{% for a in range(10) %}x{% endfor %}": "not_a_list",
    "{% for a in basis %}x{% endfor %}": "not_a_list",
    "{% for basis in names %}x{% endfor %}": "name_is_taken",
    "{% for a in names recursive %}{{ loop(a) }}{% endfor %}": "loop_in_loop",
    "{% for a in names %}{{ a.salary }}{% endfor %}": "unknown_field",
    "{% for a in names %}{{ a._name }}{% endfor %}": "unknown_field",
    "{% for a in names %}{{ a }}{% endfor %}": "row_as_text",
    "{% for a in names %}{{ loop.cycle('a') }}{% endfor %}": "not_allowed",
    "{% for a in names %}x": "unclosed",
    "{% endfor %}": "broken",
    "{{ basis": "broken",
    "{{ basis basis }}": "broken",
}


@pytest.mark.parametrize(("line", "code"), HOSTILE.items())
def test_what_a_tag_may_not_say_is_refused_with_its_paragraph(line, code):
    (fault, *_more) = filling.faults(template("第一段", line), word.schema(KIND))

    assert (fault.code, fault.paragraph) == (code, 2)
    assert fault.text == line[:40]


@pytest.mark.parametrize("prefix", ["p", "tr", "tc", "r"])
def test_a_field_that_would_be_left_bare_is_told_with_field_and_paragraph(prefix):
    fault = refused(f"前 {{{{{prefix} heading }}}} 后")

    assert templates.said(fault).startswith(
        f"第 2 段“前 {{{{{prefix} heading }}}} 后”：字段前不能写"
    )


def test_what_is_said_where_a_list_is_empty_names_no_row_of_it():
    fault = refused("{% for a in names %}{{ a.name }}{% else %}{{ a.name }}{% endfor %}")

    assert (fault.code, fault.name) == ("not_allowed", "a.name")


def test_a_list_is_written_by_what_makes_a_text_of_it():
    lines = "{{ paragraphs|default('无')|join('、') }} {{ names|length }} {{ paragraphs|length }}"

    assert isinstance(refused(lines), bytes)


def test_loops_within_loops_are_refused_before_anything_is_counted():
    nested = "{% for a in names %}" * 9 + "x" + "{% endfor %}" * 9

    assert refused(nested).code == "loop_in_loop"


def test_the_fault_names_the_field_and_the_paragraph_also_in_a_table():
    fault = refused(rows=[["{{ place_of_birth }}"]])

    assert (fault.code, fault.name, fault.paragraph) == ("unknown_field", "place_of_birth", 2)


def hidden(where):
    """A tag where no paragraph says it: read by who fills in the file all the same."""
    document = Document(BytesIO(template("第一段")))
    if where == "property":
        document.core_properties.title = "{{ ''.__class__.__mro__ }}"
    else:
        paragraph = document.paragraphs[0]
        paragraph.runs[0]._r.set("rsidR", "{{ ''.__class__.__mro__ }}")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("where", ["property", "attribute"])
def test_a_tag_that_no_paragraph_shows_is_refused_as_well(where):
    fault = word.filled(decision(), hidden(where))

    assert fault.code == "not_allowed"


def test_what_would_come_out_too_large_is_counted_and_not_written():
    schema, rows = {"names": ["name"]}, [{"name": "示" * 1000}] * 9_000
    own = template("{% for a in names %}{{ a.name }}{% endfor %}")

    fault = apart.filled(own, {"names": rows}, schema)

    assert fault.code == "too_large"


def test_a_reader_that_comes_to_no_end_is_stopped():
    """Within its seconds of processor time, whatever keeps it busy."""
    deep = "{{ " + "(" * 40_000 + "basis" + ")" * 40_000 + " }}"

    assert isinstance(apart.filled(template(deep), {}, {"basis": "text"}, seconds=2), filling.Fault)


def test_a_file_that_is_no_word_file_is_unreadable():
    assert apart.filled(b"PK\x03\x04 no file", {}, {}).code == "unreadable"
