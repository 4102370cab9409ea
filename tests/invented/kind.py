"""An invented kind of check: an organization is rated by stars, and needs so many at least.

It differs from every kind there is: typed in words, kept as a mapping, drawn on the sheet, read
by the reader in words of its own.
"""

import re
from decimal import Decimal

from django.utils.functional import lazy

from standards import kinds
from standards.engine.judging import NOT_MET, WRONG_TYPE
from standards.language import in_language, is_english

_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_RATED = re.compile(r"达到([一二三四五])星(?:级)?(?:及)?以上")
said = lazy(in_language, str)


class Stars(kinds.Kind):
    def judge(self, check, *, judged):
        def rule(value):
            if not isinstance(value, dict) or value.get("stars") not in _WORDS.values():
                return WRONG_TYPE
            return None if value["stars"] >= check.threshold else NOT_MET

        return rule

    def input(self, check, *, judged):
        return kinds.Input(kinds.LINE, keyboard="text")

    def read(self, check, typed, *, judged):
        word = typed.removesuffix("级").removesuffix("星")
        if word not in _WORDS:
            raise kinds.ValueRefused(
                "not_stars",
                in_language("请填写一星到五星，例如“三星”。", "Write 一星 to 五星, like 三星."),
            )
        return {"stars": _WORDS[word]}

    def in_input(self, check, stored):
        return f"{'零一二三四五'[stored['stars']]}星"

    def misfit(self, check):
        return in_language("填写的内容不符，请填写星级。", "This is no number of stars.")

    def show(self, check, value):
        is_rated = isinstance(value, dict) and "stars" in value
        return self.with_unit(value["stars"], check) if is_rated else super().show(check, value)

    def with_unit(self, figure, check):
        if figure not in _WORDS.values():
            return str(figure)
        return f"{figure:g} stars" if is_english() else f"{'零一二三四五'[int(figure)]}星"

    def room(self, check):
        return [in_language("☆☆☆☆☆（涂满）", "☆☆☆☆☆ (fill in)")]

    def just_passing(self, check, *, judged):
        return {"stars": int(check.threshold)}

    def just_failing(self, check, *, judged):
        return {"stars": int(check.threshold) - 1} if check.threshold > 1 else None

    def threshold_refused(self, threshold):
        return (
            "" if threshold in _WORDS.values() else in_language("只有一到五星。", "1 to 5 stars.")
        )

    def own_words(self, clause):
        rated = _RATED.search(clause)
        return Decimal(_WORDS[rated[1]]) if rated else None


STARS = Stars(
    code="stars_at_least",
    name=said("星级不低于", "Stars at least"),
    asks=said("%(metric)s：不低于%(threshold)s", "%(metric)s: at least %(threshold)s"),
    sort="stars",
    unit="星",
    most=5,
    proposed_from="党支部达到三星以上",
)
