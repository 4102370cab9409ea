"""What-if in the browser: asked for, watched while it runs, read as table and chart, taken away."""

import pytest

from authoring.replays.models import Replay
from designation.site.jobs import running

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_raised_threshold_is_tried_before_it_is_written_down(visitor):
    page = visitor.page
    visitor.sign_in("county.standards")
    visitor.go("/standards/")
    visitor.follow("标准推演")
    visitor.sees("还没有推演")
    visitor.follow("新的推演")
    visitor.keep_picture("replay-choose")
    page.get_by_role("row", name="农村").get_by_role("link", name="选择").click()
    page.locator("#id_threshold-NC-09-C2").fill("99")
    visitor.keep_picture("replay-begin")
    visitor.press("开始推演")

    visitor.sees("排队中")
    visitor.keep_picture("replay-waiting")
    running.run(Replay.objects.get().job_id)

    visitor.sees("由达标变为不达标")
    visitor.sees("新河村党支部")
    visitor.keep_picture("replay-result")
    with page.expect_download() as table:
        visitor.follow("导出 Excel")
    assert table.value.suggested_filename.endswith(".xlsx")
    visitor.follow("标准推演")
    visitor.keep_picture("replay-list")
    assert visitor.complaints == []


def test_a_standard_is_taken_away_on_paper(visitor):
    page = visitor.page
    visitor.go("/standards/NC/")
    page.get_by_text("下载和打印").click()
    visitor.keep_picture("standard-downloads")
    with page.expect_download() as annex:
        visitor.follow("公文附件（Word）")

    assert annex.value.suggested_filename == "农村基层党组织建设示范标准（第1版）附件.docx"
    assert visitor.complaints == []
