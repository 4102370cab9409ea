"""Whatever a version says, it goes out and comes back with every word, figure and mark."""

import itertools
import json

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards import kinds
from standards.categories import Category
from standards.exporting import as_data, as_yaml
from standards.importing import acceptance, drafts
from standards.loading import load, write_sections
from standards.models import Scope, StandardVersion, Strictness

pytestmark = pytest.mark.django_db
# PostgreSQL keeps every character but the null.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
# What YAML could take for something else than text.
TRAPS = st.sampled_from(["yes", "null", "~", "1e3", "0o7", "2026-03-02", "- 一", "#", ": ", "&a"])
# The fixture writes one file after another; each example is rolled back in the database.
EACH_ROLLED_BACK = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def text(most, least=0):
    return st.text(CHARACTERS, min_size=least, max_size=most) | TRAPS.map(lambda said: said[:most])


lines = st.lists(text(8), max_size=3)
remarks = st.lists(st.fixed_dictionaries({"zh": text(8), "en": text(8)}), max_size=3)
bases = st.fixed_dictionaries({}, optional={"documents": lines, "own_draft": st.booleans()})
sources = st.fixed_dictionaries(
    {}, optional={"document": text(8), "issuer": text(8), "remarks": remarks}
)
suggestions = st.just({}) | st.fixed_dictionaries(
    {"zh": text(8), "en": text(8)}, optional={"percent_at_least": st.integers(0, 100)}
)
NAMES = ("satisfied", "valid")


@st.composite
def parameters(draw):
    """What the engine knows of: parts of which one is enough, years, a figure derived of two."""
    said = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "mode": st.sampled_from(["any_of", "all_of"]),
                "years": st.integers(1, 10),
                "least": st.integers(0, 500),
            },
        )
    )
    if draw(st.booleans()):
        said["derive"] = draw(st.sampled_from([" / ", " > "])).join(NAMES)
        said["figures"] = {name: {"zh": draw(text(8)), "unit": draw(text(4))} for name in NAMES}
    return said


def given_only(fields):
    """An exported file leaves out what says nothing."""
    return {name: value for name, value in fields.items() if value}


@st.composite
def thresholds(draw):
    """Ten digits before the point and four after it, whole ones as whole numbers."""
    parts = draw(st.integers(0, 10**14 - 1) | st.integers(0, 10**10 - 1).map(lambda n: n * 10**4))
    return parts // 10**4 if parts % 10**4 == 0 else parts / 10**4


@st.composite
def checks(draw, code, phrase):
    kind = draw(st.sampled_from(kinds.codes()))
    threshold = {} if not kinds.of(kind).has_threshold else {"threshold": draw(thresholds())}
    optional = {
        "veto_suggested": draw(st.booleans()),
        "group": draw(text(40)),
        "parts": draw(lines),
        "parameters": draw(parameters()),
        "evidence_suggested": draw(lines),
        "confirm_with": draw(lines),
        "local_term": draw(text(60)),
        "may_be_not_applicable": draw(st.booleans()),
        "note": draw(text(40)),
        "note_en": draw(text(40)),
        "suggestion_not_in_text": draw(suggestions),
    }
    said = {
        "code": code,
        "kind": kind,
        "metric": draw(text(80, 1)),
        "metric_zh": draw(text(120, 1)),
        "metric_en": draw(text(200)),
        "unit": draw(text(20)),
        "strictness": draw(st.sampled_from(Strictness.values)),
        "scope": draw(st.sampled_from(Scope.values)),
        "phrase": phrase,
    }
    return said | threshold | given_only(optional)


@st.composite
def items(draw, code):
    printed = draw(text(60, 1))
    begins = draw(st.integers(0, len(printed) - 1))
    ends = draw(st.integers(begins + 1, len(printed)))
    optional = {
        "basis": draw(bases),
        "oddities": draw(remarks),
        "condition_zh": draw(text(120)),
        "condition_en": draw(text(200)),
        "source_line": draw(st.none() | st.integers(1, 10**6)),
    }
    said = {
        "code": code,
        "number_printed": draw(text(20)),
        "title_en": draw(text(200)),
        "text": printed,
        "checks": [
            draw(checks(f"{code}-C{place}", printed[begins:ends]))
            for place in range(1, draw(st.integers(1, 3)) + 1)
        ],
    }
    return said | given_only(optional)


@st.composite
def versions(draw):
    """A data file as it stands in the catalogue, with everything it can say said arbitrarily."""
    category = draw(st.sampled_from(Category.values))
    number = itertools.count(1)
    return {
        "category": category,
        "number": draw(st.integers(1000, 32767)),
        "title_zh": draw(text(200)),
        "title_en": draw(text(200)),
        "heading_printed": draw(text(200)),
        "provenance": draw(st.sampled_from(StandardVersion.Provenance.values)),
        "source": draw(sources),
        "sections": [
            {
                "number_printed": draw(st.none() | text(20, 1)),
                "title_printed": draw(text(200)),
                "title_en": draw(text(200)),
                "items": [
                    draw(items(f"{category}-{next(number):02d}"))
                    for _place in range(draw(st.integers(1, 2)))
                ],
            }
            for _place in range(draw(st.integers(1, 3)))
        ],
    }


@pytest.fixture
def loaded(tmp_path_factory, held_clock):
    """Loads a data file as the installation does; returns the version."""
    file = tmp_path_factory.mktemp("standards") / "arbitrary.yaml"

    def load_data(said):
        file.write_text(yaml.safe_dump(said), encoding="utf-8")
        version, is_new = load(file, published_at=held_clock.now())
        assert is_new
        return version

    return load_data


@EACH_ROLLED_BACK
@given(said=versions())
def test_any_version_comes_out_as_it_went_in(loaded, said):
    with transaction.atomic():
        version = StandardVersion.objects.get(pk=loaded(said).pk)

        assert as_data(version) == said
        assert yaml.safe_load(as_yaml(version)) == said
        transaction.set_rollback(True)


@EACH_ROLLED_BACK
@given(said=versions())
def test_any_export_comes_back_through_the_import_of_a_county(loaded, said):
    with transaction.atomic():
        exported = as_yaml(loaded(said)).encode()
        kept = json.loads(json.dumps(acceptance.content(drafts.read("export.yaml", exported))))
        (standard,) = map(acceptance.draft_standard, kept["standards"])
        draft = StandardVersion.objects.create(
            category=said["category"], number=999, provenance="verbatim"
        )
        write_sections(draft, acceptance.as_sections(standard, acceptance.Choice(said["category"])))

        assert as_data(draft)["sections"] == said["sections"]
        transaction.set_rollback(True)
