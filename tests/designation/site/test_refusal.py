"""One exception for what is not done: read by pages, imports and programs alike."""

import pytest

from designation.site.refusal import Finding, Refusal


class SeatRefused(Refusal):
    pass


def test_a_refusal_says_every_reason_in_one_line():
    refusal = Refusal(
        [Finding("late", "在期限内办理", "已过期限。"), Finding("empty", "", "请写明。")]
    )
    assert str(refusal) == "已过期限。；请写明。"
    assert refusal.codes == ("late", "empty")


def test_a_refusal_for_one_reason_keeps_its_kind():
    with pytest.raises(SeatRefused) as caught:
        raise SeatRefused.because("held_already", "此人已有这个岗位。")
    assert caught.value.findings == (Finding("held_already", "", "此人已有这个岗位。"),)
