"""No page module writes or scopes: a page, an import and an API call the same plain functions."""

import pytest

from tests.page_modules import PACKAGES, TOP, answers, is_of_filters, offences, page_modules


@pytest.mark.parametrize("module", page_modules())
def test_a_page_neither_writes_nor_says_which_rows_are_whose(module):
    assert offences((TOP / module).read_text(), finds=is_of_filters(module)) == []


def test_modules_of_pages_have_one_name():
    """``views.py``, or ``<noun>_views.py``; what pages share is no page."""
    pages = {
        str(path.relative_to(TOP))
        for package in PACKAGES
        for path in (TOP / package).rglob("*.py")
        if path.stem.endswith("pages")
    }
    shared = {"pages.py", "public_pages.py", "jobs/pages.py"}
    assert pages == {f"designation/site/{name}" for name in shared}


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
        "seats(person).within('code', role)",
        "super().save(commit)",
        "form.save(commit=True)",
        "Round.delete(row)",
        "Round._default_manager.get(pk=1)",
        "await row.asave()",
        "rows.bulk_create(found)",
        "rows.update(**changed)",
        "rows.raw('SELECT 1')",
        "connection.cursor()",
        "notice.entries.filter(dropped_at__isnull=True)",
        "notice.entries.all().exclude(dropped_at=None)",
        "self.round.vetoes.filter(is_on=True)",
        "get_object_or_404(Round, pk=pk)",
        "get_object_or_404(rounds, pk=pk, status='draft')",
        "get_list_or_404(Round, status='open')",
        "rows.filter(Q(status='open') | Q(verified__gt=0))",
        "rows.filter(models.Q(status='open'))",
        "rows.annotate(Number('entries'))",
        "evidence.items.add(item)",
        "evidence.items.set(items)",
        "tied = evidence.items\n    tied.remove(item)",
        "form.instance.items.clear()",
        "await evidence.items.aadd(item)",
        "form.save_m2m()",
        "round_.vetoes.get_or_create(code='x')",
        "rows.bulk_update(found, ['code'])",
    ],
)
def test_what_a_page_may_not_do_is_found(line):
    imports = "from django.db import models\nfrom django.db.models import Q, Count as Number\n"
    imports += "from designation.rounds.models import Round\n\n"
    assert offences(f"{imports}async def page(request, pk):\n    {line}\n")


def test_filters_alone_say_how_what_a_person_asks_for_is_found():
    line = "from django.db.models import Q\n\nrows.filter(Q(name__icontains=text))\n"
    assert offences(line)
    assert not offences(line, finds=True)
    assert offences("Round.objects.filter(name__icontains=text)\n", finds=True)
    assert is_of_filters("designation/accounts/filters.py")
    assert not is_of_filters("designation/accounts/views.py")


@pytest.mark.parametrize(
    "line",
    [
        "from designation.audit import events",
        "from designation.audit.events import append as note",
        "import designation.audit.events as log",
        "from . import events",
    ],
)
def test_a_page_does_not_even_know_who_keeps_the_log(line):
    assert offences(f"{line}\n")


def test_a_module_is_one_of_pages_by_what_it_does_too():
    saves = "def save_some(request: PersonRequest, pk: int) -> HttpResponse:\n    ...\n"
    assert answers(saves)
    assert not answers(saves.replace("def save_some", "def _save_some"))
    assert not answers(saves.replace("pk: int", "case: Case"))
    assert "workflows/stages/first_review/mark_autosave.py" in page_modules()


@pytest.mark.parametrize(
    "line",
    [
        "field.queryset = Round.objects.none()",
        "context.update({'a': 1})",
        "marks.save(form.cleaned_data, actor=request.user)",
        "row = form.save(commit=False)",
        "form = create(request, form, make)",
        "rows = managed_rounds(request.user).filter(status='open')",
        "round_ = get_object_or_404(managed_rounds(request.user), pk=pk)",
        "above = self.areas.filter(code=code)",
        "given = self.initial.get('code')",
        "def about(self) -> Q: ...",
        "seen = set()\n    seen.add(pk)",
        "seen: list[int] = []\n    seen.remove(pk)",
        "marks.remove(mark, actor=request.user)",
    ],
)
def test_what_a_page_does_is_left_alone(line):
    imports = "from . import marks\nfrom django.db.models import Q\n\n"
    assert not offences(f"{imports}def page(request, pk):\n    {line}\n")
