"""No page module writes or scopes: a page, an import and an API call the same plain functions."""

import pytest

from tests.page_modules import PACKAGES, TOP, offences, page_modules

# Not yet emptied; the list only gets shorter.
LEFT = frozenset(
    {
        "workflows/notice_pages/views.py",
        "workflows/stages/conferral/views.py",
        "workflows/stages/first_review/views.py",
        "workflows/stages/objections/public_views.py",
        "workflows/stages/public_notice/views.py",
    }
)


@pytest.mark.parametrize("module", sorted({*page_modules()} - LEFT))
def test_a_page_neither_writes_nor_says_which_rows_are_whose(module):
    assert offences((TOP / module).read_text()) == []


def test_modules_of_pages_have_one_name():
    """``views.py``, or ``<noun>_views.py``; what pages share is no page."""
    pages = {
        str(path.relative_to(TOP))
        for package in PACKAGES
        for path in (TOP / package).rglob("*.py")
        if path.stem.endswith("pages")
    }
    assert pages == {"designation/site/pages.py", "designation/site/jobs/pages.py"}


@pytest.mark.parametrize(
    "line",
    [
        "form.save()",
        "row.delete()",
        "Round.objects.filter(pk=1)",
        "Round.objects.none().create(name='x')",
        "rows.update(status='open')",
        "rows.select_for_update()",
        "round_.vetoes.update_or_create(code='x')",
        "events.append(entry)",
        "seats(person).within('code', role)",
        "super().save(commit)",
        "form.save(commit=True)",
    ],
)
def test_what_a_page_may_not_do_is_found(line):
    assert offences(f"from designation.audit import events\n\ndef page(request):\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "field.queryset = Round.objects.none()",
        "context.update({'a': 1})",
        "marks.save(form.cleaned_data, actor=request.user)",
        "row = form.save(commit=False)",
        "form = create(request, form, make)",
        "rows = managed_rounds(request.user).filter(status='open')",
    ],
)
def test_what_a_page_does_is_left_alone(line):
    assert not offences(f"from . import marks\n\ndef page(request):\n    {line}\n")
