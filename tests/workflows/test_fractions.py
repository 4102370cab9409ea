"""A share below 1 in a % field is asked about, and answered by a tick: 0.35 % or 35 %?"""

from decimal import Decimal

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from standards import catalogue
from tests.sent_back import as_it_stands, as_shown

QUESTION = "您填的是 0.35：是 0.35%，还是 35%？"


@pytest.fixture
def share(db):
    """An item with a % field, and the field's name."""
    standard = catalogue.read(catalogue.current("NC"))
    return next(
        (item.code, one.code)
        for item in standard.items
        for one in item.checks
        if one.unit == "%" and not one.asked_as and one.threshold > 1
    )


@pytest.fixture
def page(client, county, share):
    application = county.at(Stage.DRAFT)
    client.force_login(county.preparer)
    return reverse("applications:item", args=[application.pk, share[0]])


def answers(county):
    return {
        code: value
        for row in county.round.applications.get().answers.all()
        for code, value in row.values.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("meant", "value"), [("0.35%", 0.35), ("35%", 35)])
def test_the_applicant_is_asked_at_the_field_and_answers_without_typing(
    client, county, page, share, meant, value
):
    field = share[1]
    typed = {field: "0.35", "note": "说明", "save": ""}

    asked = client.post(page, as_shown(client, page, **typed))

    content = asked.content.decode()
    assert asked.status_code == 422
    assert QUESTION in content
    assert f'name="meant-{field}" value="0.35={meant}"' in content
    assert 'value="0.35"' in content
    assert field not in answers(county)

    said = client.post(page, as_shown(client, page, **typed, **{f"meant-{field}": f"0.35={meant}"}))
    assert said.status_code == 302
    assert answers(county)[field] == value
    again = client.post(
        page,
        as_shown(
            client,
            page,
            **typed | {field: as_it_stands(client.get(page, follow=True), page)[field]},
        ),
    )
    assert again.status_code == 302
    assert answers(county)[field] == value


@pytest.mark.django_db
def test_an_answer_given_about_another_figure_does_not_count(client, county, page, share):
    field = share[1]
    typed = {field: "0.36", f"meant-{field}": "0.35=35%", "save": ""}
    asked = client.post(page, as_shown(client, page, **typed))
    assert asked.status_code == 422
    assert "您填的是 0.36" in asked.content.decode()
    forged = {field: "0.35", f"meant-{field}": "0.35=99%", "save": ""}
    assert client.post(page, as_shown(client, page, **forged)).status_code == 422


@pytest.mark.django_db
def test_what_was_answered_stays_answered_while_another_field_is_refused(
    client, county, page, share
):
    field = share[1]
    typed = {field: "0.35", f"meant-{field}": "0.35=35%", "note": "长" * 3000, "save": ""}
    refused = client.post(page, as_shown(client, page, **typed))
    content = refused.content.decode()
    assert refused.status_code == 422
    assert f'name="meant-{field}" value="0.35=35%" checked' in content
    assert QUESTION not in content
    assert "多了 1000 字" in content


@pytest.mark.django_db
def test_a_page_that_saves_itself_asks_at_the_field_too(client, county, page, share):
    field = share[1]
    typed = as_shown(client, page, **{field: "0.35", "fields": field})

    said = client.post(page, typed, headers={"x-autosave": "1"}).json()

    assert said["refused"][field].startswith(QUESTION)
    assert [text for text, _said in said["ways"][field]] == ["0.35%", "35%"]


@pytest.mark.django_db
def test_the_threshold_of_a_draft_is_asked_about(client, own):
    rule = own.draft.items.get(code="NC-01").checks.filter(unit="%").first()
    if rule is None:
        rule = next(
            one
            for item in own.draft.items.all()
            for one in item.checks.all()
            if one.unit == "%" and "derive" not in one.parameters
        )
    client.force_login(own.manager)
    page = reverse("drafting:check", args=[own.draft.pk, rule.item.code, rule.code])
    form = client.get(page).context["form"]
    shown = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name in form.fields
        if (value := form[name].value()) not in (None, False)
    }

    def save(**typed):
        return client.post(page, as_shown(client, page, **shown | typed))

    asked = save(threshold="0.8")
    assert asked.status_code == 422
    assert "您填的是 0.8：是 0.8%，还是 80%？" in asked.content.decode()
    assert save(threshold="0.8", **{"meant-threshold": "0.8=80%"}).status_code == 302
    rule.refresh_from_db()
    assert rule.threshold == Decimal(80)
