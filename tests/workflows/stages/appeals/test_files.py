"""What a unit attaches to its appeal: judged as evidence, read by those who handle it alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.evidence import citing, library, rules
from designation.evidence.models import Citation, Sensitivity
from designation.site.refusal import Refusal
from tests import files
from tests.appealed import REASON, Appealed
from tests.workflows.test_two_counties import Neighbour
from workflows.stages.appeals import attached
from workflows.stages.appeals.models import Against, Appeal

pytestmark = pytest.mark.django_db

SAID = {"reason": REASON, "sure": "yes"}


@pytest.fixture
def case(county, held_clock):
    """Whoever verified it, coordinates; nobody of them hears the appeal."""
    return Appealed(county, Against.VERIFICATION)


def picture(name="签到册.png"):
    return SimpleUploadedFile(name, files.png())


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(case, name="appeal"):
    return reverse(f"appeals:{name}", args=[case.appeal.pk])


def lodged_with(case, *uploads):
    address = reverse("appeals:against_decision", args=[case.decision.pk])
    return as_(case.county.head).post(address, {**SAID, "attachments": list(uploads)})


def its_file(case, title):
    return case.county.village.library.get(title__startswith=title)


def test_files_come_with_the_appeal_and_lie_in_the_units_own_library(case):
    assert lodged_with(case, picture()).status_code == 302

    entry = its_file(case, "签到册")
    assert entry.organization == case.county.village
    assert "签到册" in as_(case.hearer).get(page(case)).content.decode()
    file = as_(case.hearer).get(reverse("library:file", args=[entry.pk]))
    assert file.getvalue().startswith(b"\x89PNG")
    cited = AuditEvent.objects.filter(action="evidence.cite", actor_id=case.county.head.pk)
    assert cited.get().subject_id == str(entry.pk)


def test_a_file_that_is_not_what_it_says_is_told_at_its_field_and_nothing_is_lodged(case):
    answer = lodged_with(case, picture(), SimpleUploadedFile("台账.pdf", files.HTML))

    told = answer.context["form"].errors["attachments"]
    assert answer.status_code == 422
    assert "其实是网页" in told[0]
    assert told[1] == "您填写的内容都还在；附件请全部重新选择一次。"
    assert REASON in answer.content.decode()
    assert not Appeal.objects.exists()
    assert not Citation.objects.filter(subject_type="workflows.appeal").exists()


def test_more_files_than_one_form_takes_are_refused_with_what_to_do(case):
    many = [picture(f"{number}.png") for number in range(attached.MOST_FILES + 1)]

    (told,) = lodged_with(case, *many).context["form"].errors["attachments"]

    assert told == "一次最多选 5 个文件，其余的提交后在复核申请页面补充。"


def test_who_reads_the_answered_appeal_does_not_read_its_files(case):
    case.lodge(files=attached.judged([picture()]))
    entry = its_file(case, "签到册")
    strangers = [case.county.coordinator, case.county.reviewer, Neighbour().coordinator]
    for status in ("open", "answered"):
        for person in strangers:
            file = as_(person).get(reverse("library:file", args=[entry.pk]))
            assert file.status_code == 404, (status, person)
        if status == "open":
            case.act("take_up")
            case.act("dismiss")

    answered = as_(case.county.coordinator).get(page(case))
    assert REASON in answered.content.decode()
    assert "签到册" not in answered.content.decode()
    assert "签到册" in as_(case.county.preparer).get(page(case)).content.decode()


def test_personal_data_among_them_is_read_by_whoever_hears_it(case):
    case.lodge(files=attached.judged([picture()]))
    entry = its_file(case, "签到册")
    entry.sensitivity = Sensitivity.PERSONAL
    entry.save()

    assert rules.readable(case.hearer, [entry.pk]).exists()
    assert not rules.readable(case.county.coordinator, [entry.pk]).exists()


def test_the_head_adds_files_until_somebody_has_found_something(case):
    case.lodge()
    case.act("take_up")
    before = case.appeal.version
    assert page(case, "attach") in as_(case.county.head).get(page(case)).content.decode()

    said = {"attachments": [picture()], "sure": "yes"}
    assert as_(case.county.head).post(page(case, "attach"), said).status_code == 302

    assert [one.title for one in attached.of(case.appeal, case.hearer)] == ["签到册.png"]
    # An answer that was being written is given of all that there is.
    with pytest.raises(Refusal):
        case.act("dismiss", seen=before)
    case.act("dismiss", seen=case.appeal.version)
    assert as_(case.county.head).get(page(case, "attach")).status_code == 404


def test_what_lies_in_the_units_library_is_chosen_once(case):
    case.lodge()
    entry = case.county.village.library.first()
    client = as_(case.county.head)
    assert entry.title in client.get(page(case, "library")).content.decode()

    assert client.post(page(case, "library"), {"entry": entry.pk}).status_code == 302
    assert client.post(page(case, "library"), {"entry": entry.pk}).status_code == 404

    assert attached.of(case.appeal, case.hearer) == [entry]


def test_what_lies_in_the_library_of_another_is_not_chosen(case):
    case.lodge()
    other = case.county.beside()
    entry = library.put_in(picture("别村.png"), holder=other.village, actor=other.preparer)

    answer = as_(case.county.head).post(page(case, "library"), {"entry": entry.pk})

    assert answer.status_code == 404
    assert not attached.of(case.appeal, case.hearer)


def test_nobody_but_the_head_adds_files(case):
    case.lodge()
    for person in (case.county.preparer, case.hearer, Neighbour().head):
        for name in ("attach", "library"):
            assert as_(person).get(page(case, name)).status_code == 404
        with pytest.raises(Refusal, match="由单位负责人"):
            attached.attach(case.appeal, attached.judged([picture()]), actor=person)


def test_what_an_open_appeal_rests_on_is_not_taken_out_of_the_library(case):
    case.lodge(files=attached.judged([picture()]))

    assert "复核申请" in citing.in_force(its_file(case, "签到册"), case.county.head)
