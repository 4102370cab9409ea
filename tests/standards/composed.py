"""Standards of every shape and answers to them, for what must hold whatever they are.

All ten kinds of check, rates and comparisons of two counts, figures a month and a year, parts,
alternatives, conditions, advisory wordings.
"""

from hypothesis import strategies as st

from standards.engine import evaluation as ev

from .checks import KINDS, check, standard

MOST = {"percent_at_least": 100, "percent_at_most": 100, "age_at_most": ev.OLDEST}
PARTS = ("甲", "乙", "丙")
# Every way in which a check can ask: its kind, and what else makes the value another one.
SHAPES = {
    **{kind: (kind, {}) for kind in KINDS},
    "share_at_least": ("percent_at_least", {"rate": ("part", "whole")}),
    "share_at_most": ("percent_at_most", {"rate": ("part", "whole")}),
    "three_years": ("number_at_least", {"figures": 3}),
    "each_month": ("frequency_per_month_at_least", {"figures": 12}),
    "all_parts": ("must_be_true", {"parts": PARTS}),
    "one_part": ("must_be_true", {"parts": PARTS, "any_of": True}),
    "one_more_than_the_other": ("must_be_true", {"derive": ("now", "then")}),
}
NOTHING = (None, "", [], (), {})
NUMERIC = sorted(kind for kind in KINDS if kind.endswith(("at_least", "at_most")))

stages = st.sampled_from(["self_assessment", "first_review", "verification"])


def figures_of(kind, *, whole=False, least=0, most=None):
    """Figures that the kind takes: whole, or in quarters."""
    highest = MOST.get(kind, 400) if most is None else most
    if whole:
        return st.integers(int(least), int(highest))
    return st.integers(int(least * 4), int(highest * 4)).map(lambda quarters: quarters / 4)


@st.composite
def checks(draw, code="NC-01-C1", groups=("",), shapes=tuple(SHAPES)):
    kind, fields = SHAPES[draw(st.sampled_from(shapes))]
    if kind in NUMERIC:
        fields = fields | {"threshold": draw(figures_of(kind))}
    if "rate" in fields:
        fields = fields | {"least": draw(st.integers(0, 12))}
    elif kind in NUMERIC:
        fields = fields | {"whole_numbers": draw(st.booleans())}
    return check(
        kind,
        code=code,
        strict=draw(st.booleans()),
        group=draw(st.sampled_from(groups)),
        may_be_not_applicable=draw(st.booleans()),
        **fields,
    )


@st.composite
def worse_and_better(draw, one, stage):
    """Two values of the check's own sort, the second at least as good as the first."""
    if one.rate:
        return draw(_rates(one))
    if one.kind in NUMERIC:
        return draw(_numbers(one))
    if one.kind == "must_be_true":
        return draw(_fulfilled(one))
    if one.kind == "must_be_false":
        return draw(st.sampled_from([(True, False), (True, True), (False, False)]))
    if stage == "verification":
        verdicts = [ev.FAILS, ev.BROADLY, ev.CONFORMS]
        return tuple(sorted(draw(st.tuples(*[st.sampled_from(verdicts)] * 2)), key=verdicts.index))
    return draw(st.tuples(*[st.text(min_size=1).map(lambda told: f"有：{told}")] * 2))


@st.composite
def _numbers(draw, one):
    whole = one.whole_numbers
    count = draw(st.just(one.figures) if one.figures else st.integers(1, 3))
    worse = [draw(figures_of(one.kind, whole=whole)) for _ in range(count)]
    more = one.kind.endswith("at_least")
    better = [
        draw(
            figures_of(one.kind, whole=whole, least=figure)
            if more
            else figures_of(one.kind, whole=whole, most=figure)
        )
        for figure in worse
    ]
    return (worse, better) if count > 1 or draw(st.booleans()) else (worse[0], better[0])


@st.composite
def _rates(draw, one):
    """Of the same number of sheets, or of more: then all those that came are good ones."""
    whole = draw(st.integers(0, 60))
    good = draw(st.integers(0, whole))
    came, turned = draw(st.integers(0, 20)), draw(st.integers(0, whole - good))
    # At most counts the bad ones, at least the good ones.
    more = one.kind.endswith("at_least")
    before, after = (good, good + came + turned) if more else (whole - good, whole - good - turned)
    return {"part": before, "whole": whole}, {"part": after, "whole": whole + came}


@st.composite
def _fulfilled(draw, one):
    if one.derive:
        now, then = draw(st.integers(0, 50)), draw(st.integers(0, 50))
        up, down = draw(st.integers(0, 50)), draw(st.integers(0, then))
        return {"now": now, "then": then}, {"now": now + up, "then": then - down}
    if one.parts:
        fulfilled = draw(st.permutations(PARTS))
        some = draw(st.integers(0, len(PARTS)))
        more = draw(st.integers(max(some, 1), len(PARTS)))
        worse = list(fulfilled[:some]) or False
        return worse, draw(st.sampled_from([list(fulfilled[:more]), True]))
    return draw(st.sampled_from([(False, True), (False, False), (True, True)]))


@st.composite
def composed(draw):
    """A standard of one to three items, some with a condition, some with alternatives."""
    made = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        item = f"NC-{number:02d}"
        if draw(st.booleans()):
            made.append(ev.Check(f"{item}-IF", item, ev.CONDITION, "boolean", None, strict=True))
        made += [
            draw(checks(f"{item}-C{place}", groups=("", "甲", "乙")))
            for place in range(1, draw(st.integers(1, 4)) + 1)
        ]
    return standard(*made)


@st.composite
def alternatives(draw):
    """A standard of one item whose two or three checks are alternatives."""
    count = draw(st.integers(2, 3))
    return standard(*[draw(checks(f"NC-01-C{n}", groups=("甲",))) for n in range(1, count + 1)])


@st.composite
def answers_to(draw, whole, stage):
    """Answers to a standard: of the right sort mostly, some missing, some of another sort."""
    answers = {}
    for one in whole.checks:
        if one.kind == ev.CONDITION:
            fitting = st.booleans()
        else:
            fitting = worse_and_better(one, stage).flatmap(st.sampled_from)
        sorts = {
            "fits": fitting,
            "does not apply": st.just(ev.NotApplicable("没有")),
            "other": st.sampled_from([*NOTHING, ev.NotApplicable(" "), "其他", -1, True]),
        }
        sort = draw(st.sampled_from(["fits", "fits", "fits", "does not apply", "other", "none"]))
        if sort != "none":
            answers[one.code] = draw(sorts[sort])
    return answers
