"""What survives mutation testing is compared with what the document explains."""

import pytest

from tooling import mutants

DOCUMENT = """# Mutation testing

## The same number either way

```diff
# standards.engine.judging._two
-    if first < 0:
+    if first <= 0:
# standards.engine.evaluation.Standard.configured
-        return True
+        return False
```

```
# not.a.mutant
```
"""
TWO = ("standards.engine.judging._two", ("- if first < 0:", "+ if first <= 0:"))
CONFIGURED = (
    "standards.engine.evaluation.Standard.configured",
    ("- return True", "+ return False"),
)
SHOWN = """# standards.engine.judging.x__two__mutmut_3: survived
--- standards/engine/judging.py
+++ standards/engine/judging.py
@@ -1,3 +1,3 @@
 def _two(first):
-        if first < 0:
+        if first <= 0:
             return None
"""
LISTING = """
    standards.engine.judging.x__two__mutmut_2: killed
    standards.engine.judging.x__two__mutmut_3: survived
    workflows.gates.x_findings__mutmut_1: no tests
"""


def test_the_document_says_of_each_mutant_its_function_and_its_change():
    assert mutants.explained(DOCUMENT) == {TWO, CONFIGURED}


def test_a_mutant_is_known_by_its_change_wherever_in_the_function_it_stands():
    assert mutants.changes_of(SHOWN) == TWO[1]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("standards.engine.judging.x__two__mutmut_3", "standards.engine.judging._two"),
        ("workflows.gates.x_findings__mutmut_12", "workflows.gates.findings"),
        (
            "standards.engine.evaluation.xǁStandardǁ__post_init____mutmut_1",
            "standards.engine.evaluation.Standard.__post_init__",
        ),
    ],
)
def test_the_name_of_a_mutant_names_its_function(name, function):
    assert mutants.function_of(name) == function


def test_what_is_no_mutant_is_refused():
    with pytest.raises(ValueError, match="names no mutant"):
        mutants.function_of("standards.engine.judging._two")


def test_the_table_counts_by_module_what_no_test_kills():
    lines = mutants.table(mutants.results(LISTING)).splitlines()
    assert lines[2:] == [
        "| standards.engine.judging | 2 | 1 | 1 |",
        "| workflows.gates | 1 | 0 | 1 |",
        "| all | 3 | 1 | 2 |",
    ]


def test_a_survivor_that_is_explained_is_no_fault():
    assert mutants.faults({"a": TWO, "b": CONFIGURED}, frozenset({TWO, CONFIGURED})) == []


def test_a_survivor_that_is_not_explained_is_named_with_its_change():
    (fault,) = mutants.faults({"a.x__two__mutmut_3": TWO}, frozenset())
    assert fault == "Not explained: a.x__two__mutmut_3\n- if first < 0:\n+ if first <= 0:"


def test_an_explanation_of_what_no_longer_survives_is_a_fault_too():
    (fault,) = mutants.faults({}, frozenset({TWO}))
    assert fault.startswith("Explained, but not left over: standards.engine.judging._two")


@pytest.fixture
def last_run(tmp_path, monkeypatch):
    """The comparison over a document, with mutmut's answers as they stand above."""
    answers = {"results": LISTING, "show": SHOWN}
    file = tmp_path / "explanations.md"
    monkeypatch.setattr(mutants, "_mutmut", lambda command, *_rest: answers[command])
    monkeypatch.setattr(mutants, "EXPLANATIONS", file)
    monkeypatch.setattr("sys.argv", ["mutants", "compare"])

    def compare(document):
        file.write_text(document, encoding="utf-8")
        return mutants.main()

    return compare


def test_the_last_run_is_refused_until_each_survivor_is_explained(last_run, capsys):
    assert last_run("") == 1
    assert "Not explained: standards.engine.judging.x__two__mutmut_3" in capsys.readouterr().out

    both = "```diff\n# standards.engine.judging._two\n- if first < 0:\n+ if first <= 0:\n"
    both += "# workflows.gates.findings\n- if first < 0:\n+ if first <= 0:\n```\n"
    assert last_run(both) == 0
    assert "Each of the 2 mutants left over is explained." in capsys.readouterr().out
