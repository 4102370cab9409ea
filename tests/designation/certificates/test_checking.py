"""Anybody checks a certificate: on its page, and without this system by the documented script."""

import base64
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader, PdfWriter

from designation.certificates import issuing, keys, printing, signing
from designation.certificates.models import Certificate, SigningKey
from designation.certificates.templatetags import certificates
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.templatetags.moments import day
from tests import factories
from tests.public_addresses import public
from tests.titles_given import DAY, REASON, Title

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[3] / "docs" / "certificates.md"
ANOTHER_KEY = base64.b64encode(b"another key of thirty-two bytes!").decode()


@pytest.fixture
def title(county, held_clock):
    return Title(county)


@pytest.fixture
def certificate(title):
    return issue(title)


def issue(title):
    return issuing.issue(title.row, actor=title.county.deciding_officer)


def renamed(title, name):
    title.row.organization.name_zh = name
    title.row.organization.save()


def page(client, certificate, name="certificates:check", language="zh-hans"):
    return client.get(public(name, args=certificate.place, language=language))


def text(answer):
    return re.sub(r"\s+", "", answer.content.decode())


# The page


def test_the_page_says_what_the_certificate_states_and_that_it_holds(client, certificate):
    shown = text(page(client, certificate))

    assert "截至2026年3月2日(周一)，证书和称号有效。" in shown
    for said in ("organization", "number", "text", "decision_number", "title_number"):
        assert re.sub(r"\s+", "", certificate.content[said]) in shown
    assert certificate.key.key_id in shown


@pytest.mark.parametrize(("act", "status"), [("warn", "已警告"), ("order", "限期整改中")])
def test_of_a_warned_title_the_page_says_that_it_holds_and_beside_it_since_when_it_is_warned(
    client, title, act, status
):
    certificate = issue(title)
    step = title.act(act)

    answer = page(client, certificate)
    shown = text(answer)

    assert "✓截至2026年3月2日(周一)，证书和称号有效。" in shown
    document = re.sub(r"\s+", "", step.document)
    assert f"<b>!{status}</b>自2026年3月2日(周一)起，文件：{document}。" in shown
    assert "称号仍然有效，没有撤销。" in shown
    assert "alert-danger" not in answer.content.decode()
    assert "the title is still in force and not revoked" in (
        page(client, certificate, language="en").content.decode()
    )


def test_nothing_stands_beside_it_once_the_warning_is_lifted_or_the_title_ends(client, title):
    certificate = issue(title)
    title.act("warn")
    title.act("lift")
    assert "警告" not in text(page(client, certificate))

    title.act("warn")
    title.act("revoke")
    ended = text(page(client, certificate))
    assert "称号已撤销，证书不再有效" in ended
    assert "警告" not in ended


def test_why_a_title_is_warned_or_until_when_to_be_corrected_is_read_nowhere_in_public(
    client, title
):
    certificate = issue(title)
    places = {"register:detail": [title.row.number], "certificates:check": certificate.place}
    places["certificates:signed"] = certificate.place
    names = ("list", "open_csv", "open_json", "feed")
    places |= {f"register:{name}": [] for name in names}

    for act in ("warn", "lift", "order", "prolong", "accept"):
        step = title.act(act)
        for name, args in places.items():
            for language in ("zh-hans", "en"):
                answer = client.get(public(name, args=args, language=language))
                assert answer.status_code == 200
                said = b"".join(answer).decode()
                assert REASON not in said, (act, name)
                for last in filter(None, [step.correct_by]):
                    shown = {str(last), day(last)}
                    assert not [one for one in shown if one in said], (act, name)


def test_the_page_says_what_holds_today_of_a_revoked_and_of_an_expired_title(
    client, county, held_clock
):
    revoked, cancelled, expired = Title(county), Title(county), Title(county)
    issued = [issue(one) for one in (revoked, cancelled, expired)]
    revoked.act("revoke")
    cancelled.act("cancel")

    assert "称号已撤销，证书不再有效" in text(page(client, issued[0]))
    assert "称号已注销，证书不再有效" in text(page(client, issued[1]))
    assert "证书和称号有效" in text(page(client, issued[2]))
    held_clock.move(701 * DAY)
    assert "称号已到期，证书不再有效" in text(page(client, issued[2]))


def test_a_certificate_of_a_renamed_organization_is_replaced_and_says_by_which(client, title):
    first = issue(title)
    renamed(title, "新红旗村党支部")
    assert "现名：新红旗村党支部" in text(page(client, first))

    second = issue(title)

    assert (second.number, second.supersedes) == (2, first)
    assert second.content["organization"] == "新红旗村党支部"
    assert second.content["organization_as_named"] == title.row.name_zh
    assert second.content["replaces"] == "〔2026〕第1号"
    former = text(page(client, first))
    assert "这张证书已换发" in former
    assert public("certificates:check", args=second.place) in former
    assert "证书和称号有效" in text(page(client, second))


@pytest.mark.parametrize(
    ("act", "told", "in_english"),
    [
        ("revoke", "称号已撤销，证书不再有效", "the title is revoked"),
        ("cancel", "称号已注销，证书不再有效", "the title is cancelled"),
        ("warn", "<b>!已警告</b>自2026年3月2日(周一)起", "the title is valid"),
        ("order", "<b>!限期整改中</b>自2026年3月2日(周一)起", "the title is valid"),
        (None, "截至2026年3月2日(周一)，称号有效。", "the title is valid"),
    ],
)
def test_of_a_certificate_that_was_replaced_the_page_still_says_how_the_title_stands_today(
    client, title, act, told, in_english
):
    first = issue(title)
    renamed(title, "新红旗村党支部")
    issue(title)
    if act:
        title.act(act)

    shown = text(page(client, first))

    assert "这张证书已换发" in shown
    assert told in shown
    assert "证书和称号有效" not in shown
    said = " ".join(page(client, first, language="en").content.decode().split())
    assert in_english in said.lower()


def test_of_a_replaced_certificate_whose_title_is_over_the_page_says_so(client, title, held_clock):
    first = issue(title)
    renamed(title, "新红旗村党支部")
    issue(title)
    held_clock.move(701 * DAY)

    assert "称号已到期，证书不再有效" in text(page(client, first))


def test_the_page_is_kept_by_proxies_and_changes_its_tag_with_the_title(client, title):
    certificate = issue(title)
    first = page(client, certificate)

    assert first["Cache-Control"] == "public, max-age=60"
    address = public("certificates:check", args=certificate.place)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    for act in ("warn", "lift", "revoke"):
        title.act(act)
        changed = client.get(address, headers={"if-none-match": first["ETag"]})
        assert changed.status_code == (304 if act == "lift" else 200), "as it was before"


def test_the_page_costs_few_statements(client, certificate, django_assert_max_num_queries):
    page(client, certificate)

    with django_assert_max_num_queries(6):
        page(client, certificate)


@pytest.mark.parametrize(
    "place", [("341821", 2026, 2), ("341821", 2025, 1), ("341822", 2026, 1), ("341821", 10**30, 1)]
)
def test_a_number_that_was_never_issued_is_not_found(client, certificate, place):
    assert client.get(public("certificates:check", args=place)).status_code == 404


def test_a_content_changed_behind_our_back_is_not_confirmed(client, certificate, monkeypatch):
    monkeypatch.setattr(signing, "is_signed", lambda *_said: False)

    shown = text(page(client, certificate))

    assert "证书内容与签名不符" in shown
    assert "证书和称号有效" not in shown


def test_a_title_is_found_in_the_register_by_the_number_of_its_certificate(client, title, county):
    certificate, other = issue(title), Title(county)
    issue(other)

    found = text(client.get(public("register:list"), {"text": "〔2026〕第1号"}))

    assert title.row.number in found
    assert other.row.number not in found
    detail = text(client.get(public("register:detail", args=[title.row.number])))
    assert public("certificates:check", args=certificate.place) in detail


def test_as_of_a_day_the_register_shows_the_certificates_that_were_issued_by_then(
    client, title, held_clock
):
    first, given_on = issue(title), clock.today()
    held_clock.move(10 * DAY)
    renamed(title, "新红旗村党支部")
    second = issue(title)

    def shown(day):
        address = public("register:detail", args=[title.row.number])
        said = text(client.get(address, {"on": day} if day else {}))
        return [one.number_said in said for one in (first, second)], "已换发" in said

    assert shown(given_on - DAY) == ([False, False], False)
    assert shown(given_on) == ([True, False], False)
    assert shown(clock.today()) == shown(None) == ([True, True], True)


# Without this system


@pytest.fixture
def checked(client, tmp_path):
    """Runs the script of the document, with nothing of ours within reach."""
    script = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    (tmp_path / "check_certificate.py").write_text(script[1])

    def check(pdf, *flags):
        (tmp_path / "certificate.pdf").write_bytes(pdf)
        (tmp_path / "keys.json").write_bytes(client.get(public("certificates:keys")).content)
        files = ["check_certificate.py", "certificate.pdf", "keys.json"]
        command = [sys.executable, "-I", *flags, *files]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return check


def attached(pdf, change):
    """The PDF with what is attached to it changed."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    said = json.loads(PdfReader(io.BytesIO(pdf)).attachments["certificate.json"][0])
    change(said)
    name = writer._root_object["/Names"]["/EmbeddedFiles"]
    held = name.get_object()
    while "/Names" not in held:
        held = held["/Kids"][0].get_object()
    file = held["/Names"][1].get_object()["/EF"]["/F"].get_object()
    file.set_data(json.dumps(said, ensure_ascii=False).encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_site_hands_out_the_script_of_the_document():
    script = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[1]

    assert certificates.checking_script() == script
    in_chinese = DOCUMENT.with_name("certificates.zh-CN.md").read_text()
    assert script in in_chinese


def test_a_stranger_checks_a_certificate_by_the_documented_script(checked, certificate):
    told = checked(printing.certificate_pdf(certificate))

    assert told.returncode == 0, told.stderr
    assert certificate.content["organization"] in told.stdout
    assert told.stdout.rstrip().endswith("OK")


def test_what_was_changed_in_what_is_signed_is_refused(checked, certificate):
    pdf = attached(
        printing.certificate_pdf(certificate),
        lambda said: said["content"].update(valid_until="2036-01-01"),
    )

    assert checked(pdf).returncode != 0


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "命名冒名村党支部为农村示范点。"},
        {"text_en": "Model village of the nation."},
        {"heading": "国家级示范点证书"},
        {"heading_en": "National certificate"},
        {"number": "〔2026〕第11号"},
        {"title_number": "341821-2026-NC-1-99999"},
        {"decision_number": "中组发〔2020〕9号"},
        {"deciding_body": "中共中央组织部、中共青山县委"},
        {"issued_on": "2030-01-01"},
        {"valid_from": "1949-10-01"},
        {"valid_until": "2036-01-01"},
        {"organization_as_named": "冒名村党支部"},
        {"replaces": "〔2020〕第1号"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_is_printed_otherwise_than_it_is_signed_is_refused(checked, certificate, changed):
    genuine = printing.signed(certificate)
    certificate.content = certificate.content | changed
    forged = printing.certificate_pdf(certificate)

    pdf = attached(forged, lambda said: said.update(json.loads(genuine)))

    told = checked(pdf)
    assert told.returncode != 0
    assert "OK" not in told.stdout


@pytest.mark.parametrize("flags", [["-O"], ["-OO"]], ids=" ".join)
def test_a_forged_one_is_refused_too_where_python_leaves_out_assertions(
    checked, title, certificate, settings, held_clock, flags
):
    genuine, keys_own = printing.signed(certificate), settings.CERTIFICATE_KEY
    certificate.content = certificate.content | {"valid_until": "2036-01-01"}
    printed = printing.certificate_pdf(certificate)
    told = checked(attached(printed, lambda said: said.update(json.loads(genuine))), *flags)
    assert (told.returncode != 0, "OK" in told.stdout) == (True, False)
    assert "printed otherwise than signed" in told.stderr

    settings.CERTIFICATE_KEY = ANOTHER_KEY
    issue(title)
    held_clock.move(2 * DAY)
    settings.CERTIFICATE_KEY = keys_own
    certificate.content = certificate.content | {"issued_on": clock.today().isoformat()}
    certificate.signature = signing.signer().sign(certificate.content)
    told = checked(printing.certificate_pdf(certificate), *flags)
    assert (told.returncode != 0, "OK" in told.stdout) == (True, False)
    assert "its key did not sign then" in told.stderr


@pytest.mark.parametrize("field", ["organization_as_named", "replaces"])
def test_what_is_signed_and_left_out_on_the_page_is_refused(checked, title, certificate, field):
    renamed(title, "新红旗村党支部")
    second = issue(title)
    genuine = printing.signed(second)
    second.content = second.content | {field: ""}

    pdf = attached(printing.certificate_pdf(second), lambda said: said.update(json.loads(genuine)))

    assert "printed otherwise" in checked(pdf).stderr


@pytest.mark.parametrize(
    "name", ["示例村党支部", "新䶮𠮷(红旗)①ﬁ㎡Ⅳ“ffi”<b>{number}村", "红　旗 村"]
)
def test_whatever_a_name_holds_and_in_both_languages_a_genuine_one_passes(
    checked, title, certificate, name
):
    factories.certificate_design(
        title.county.jurisdiction,
        title.county.coordinator,
        heading_en="Certificate of Office",
        wording_en="【单位】 was named a model of 【类别】 by 【审定机关】 (【发文字号】). " * 4,
    )
    title.row.organization.name_en = "Red Flag’s office – fi “x” village"
    renamed(title, name)
    second = issue(title)

    told = checked(printing.certificate_pdf(second))

    assert told.returncode == 0, told.stderr
    assert f"organization_as_named: {title.row.name_zh}" in told.stdout.splitlines()
    assert "replaces: 〔2026〕第1号" in told.stdout.splitlines()


def test_the_address_to_trust_is_the_signed_one_whatever_the_code_on_the_page(checked, certificate):
    genuine = printing.signed(certificate)
    signed = certificate.content["address"]
    certificate.content = certificate.content | {"address": "https://evil.example/1/"}
    forged = printing.certificate_pdf(certificate)

    told = checked(attached(forged, lambda said: said.update(json.loads(genuine))))

    *_fields, address, _ok = told.stdout.strip().splitlines()
    assert address.endswith(f": {signed}")
    assert "evil" not in told.stdout


def test_a_key_that_was_replaced_still_checks_what_it_signed(checked, title, settings, held_clock):
    first = issue(title)
    former = first.key.key_id
    held_clock.move(DAY)
    settings.CERTIFICATE_KEY = ANOTHER_KEY
    second = issue(title)

    assert (second.key.key_id != former, second.supersedes) == (True, first)
    assert [(one["key_id"], one["until"] != "") for one in keys.published()] == [
        (former, True),
        (second.key.key_id, False),
    ]
    for one in (first, second):
        assert checked(printing.certificate_pdf(one)).returncode == 0


def test_what_a_replaced_key_signs_later_is_refused(checked, title, settings, held_clock):
    first = issue(title)
    old = settings.CERTIFICATE_KEY
    settings.CERTIFICATE_KEY = ANOTHER_KEY
    held_clock.move(DAY)
    issue(title)
    held_clock.move(DAY)
    settings.CERTIFICATE_KEY = old

    with pytest.raises(Refusal) as refused:
        issue(title)
    assert refused.value.code == "key_replaced"
    # Who stole it signs a certificate of their own.
    first.content = first.content | {"issued_on": clock.today().isoformat()}
    first.signature = signing.signer().sign(first.content)
    assert checked(printing.certificate_pdf(first)).returncode != 0


def test_a_stranger_who_knows_another_key_is_not_believed(checked, certificate, settings):
    settings.CERTIFICATE_KEY = ANOTHER_KEY
    own = signing.signer()
    certificate.signature = own.sign(certificate.content)

    assert checked(printing.certificate_pdf(certificate)).returncode != 0


def test_the_same_certificate_is_the_same_file(certificate):
    row = Certificate.objects.get(pk=certificate.pk)
    assert printing.certificate_pdf(row) == printing.certificate_pdf(certificate)


@pytest.mark.parametrize("key", ["", "not base64", base64.b64encode(b"short").decode()])
def test_without_a_key_nothing_is_issued_and_the_refusal_says_whom_to_ask(title, settings, key):
    settings.CERTIFICATE_KEY = key

    with pytest.raises(Refusal) as refused:
        issue(title)

    assert refused.value.code == "no_signing_key"
    assert "CERTIFICATE_KEY" in str(refused.value)
    assert not Certificate.objects.exists()
    assert not SigningKey.objects.exists()


def test_what_is_signed_is_had_from_the_page_too(client, certificate):
    said = json.loads(page(client, certificate, "certificates:signed").content)
    (key,) = json.loads(client.get(public("certificates:keys")).content)["keys"]

    assert said["content"]["address"] == f"{settings.SITE_ADDRESS}{certificate.check_page}"
    assert signing.is_signed(said["content"], said["signature"], key["public_key"])
    assert not signing.is_signed(
        said["content"] | {"area": "?"}, said["signature"], key["public_key"]
    )
    assert not signing.is_signed(said["content"], "", key["public_key"])
