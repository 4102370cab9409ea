"""What hangs on stages and passages is declared once, and nothing of it is missing."""

import pytest
from django.utils import translation

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Stage
from designation.audit import wording
from designation.organizations.models import Role
from designation.organizations.roles import Office
from workflows import declared, gates
from workflows.flow import Course

TONES = {"quiet", "ready", "running", "back", "noticed", "given", "refused", "ended"}


def said(words):
    """The words in both languages."""
    spoken = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            spoken.append(str(words))
    return spoken


def test_every_stage_is_declared_in_its_order():
    assert list(declared.places()) == list(Stage)


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_lacks_nothing(stage):
    place = declared.place(stage)

    assert place.tone in TONES
    for words in (place.words, place.words_for_applicant):
        chinese, english = said(words)
        assert chinese
        assert english.isascii()
    assert (place.holder is None) == (stage in FINAL_STAGES)
    assert set(place.towards) <= set(declared.passages())


def test_every_transition_is_declared_and_every_declaration_is_a_transition():
    assert set(declared.passages()) == {method.slug for method in Course.stage.get_transitions()}
    assert set(declared.passages()) == set(gates.GATES)


@pytest.mark.parametrize("name", gates.GATES)
def test_a_passage_lacks_nothing(name):
    passage = declared.passage(name)

    assert passage.roles
    for way in passage.ways:
        assert all(said(way.label))
    assert wording.action(f"application.{name}") != f"application.{name}"
    assert name == "designate" or all("%(organization)s" in text for text in said(passage.sentence))


@pytest.mark.parametrize(
    "stage", [one for one in Stage if one not in FINAL_STAGES and one not in PRIVATE_STAGES]
)
def test_somebody_beside_the_applicant_ends_or_moves_what_was_handed_in(stage):
    """No dead end: the county, or whoever reviews for it, need not wait for the applicant."""
    ways = Course.stage.get_outgoing_transitions(stage)
    roles = {role for way in ways for role, _holds in way.custom["rule"].ways}

    offices = {role.office for role in roles if isinstance(role, Role)}
    assert offices & {Office.COUNTY_OFFICE, Office.REVIEWING_BODY}


def test_a_name_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        declared.declare(declared.passage("confirm"))
