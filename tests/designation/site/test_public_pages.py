"""Public pages: the same for everybody, in the language of their address, fit to be kept."""

import re
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse, set_script_prefix, set_urlconf
from django.utils.http import urlencode

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.register.models import Designation
from designation.site.public_pages import KEPT_FOR, PublicPages
from notifications import delivery
from tests import factories
from tests.course import County
from tests.permissions.test_matrix import PUBLIC, World, close_file, stage_to_show
from tests.public_addresses import LANGUAGES, public
from tests.sent_forms import forms_of
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection

pytestmark = pytest.mark.django_db

FORMS = {"notices:object", "notices:follow"}
FILES = {"standards:version_file", "standards:sample_file"}
# Read by programs: no page, and the same in every language.
DATA = {
    "certificates:keys",
    "certificates:signed",
    "notices:open_json",
    "register:feed",
    "register:open_csv",
    "register:open_json",
}
NAMED = {"manner": "named", "name": "张三", "contact": "a@b.cn", "facts": "面积不实"}
ENGLISH = {"accept-language": "en"}
CHINESE = {"accept-language": "zh-CN"}


@pytest.fixture
def full_browser(county):
    """A browser with every cookie that the site gives out, and one of somebody else's."""
    browser = Client()
    browser.force_login(county.coordinator)
    browser.get(reverse("organizations:settings"))
    browser.post(reverse("set_language"), {"language": "en"})
    browser.cookies["messages"] = "told"
    browser.cookies["elsewhere"] = "counted"
    return browser


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_page_may_be_kept_by_anybody_and_a_form_by_its_browser(name, client, held_clock):
    answer = client.get(World(stage_to_show(name), held_clock).address(name, public))

    if name in FORMS:
        assert set(answer.cookies) == {"csrftoken"}
        assert answer["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answer["Vary"]
    else:
        assert not answer.cookies
        assert answer["Cache-Control"] == f"public, max-age={KEPT_FOR}"
        # Kept apart is what is compressed; nobody's page differs.
        assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert ("ETag" in answer) == (name not in FILES)
    if answer.streaming:
        close_file(answer)


def test_no_cookie_of_any_kind_changes_a_byte(full_browser, county):
    for name in ("home", "rounds:list", "register:list", "standards:list", "notices:list"):
        for language in LANGUAGES:
            address = public(name, language=language)
            known, unknown = full_browser.get(address), Client().get(address)
            assert known.content == unknown.content
            assert known.headers == unknown.headers


def test_a_public_page_reads_no_session(county, django_assert_num_queries):
    browser = Client()
    browser.force_login(county.coordinator)

    with django_assert_num_queries(3):
        browser.get(public("home"))


def test_what_else_a_page_varies_by_stays_said(rf):
    """No page of ours does; who makes one that does is kept by it."""
    answers = PublicPages(lambda _request: HttpResponse(headers={"Vary": "Cookie, Accept"}))

    varies = answers(rf.get("/en/"))["Vary"]
    set_urlconf(None)

    assert varies == "Accept"


def test_who_has_read_it_before_is_told_that_nothing_changed(client, county):
    address = public("rounds:list")
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]
    county.round.name_zh = "改了名的批次"
    county.round.save()
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "改了名的批次" in changed.content.decode()


def test_the_address_says_the_language_whatever_the_browser_asks_for(client, county):
    chinese = client.get(public("register:list"), headers=ENGLISH)
    english = client.get(public("register:list", language="en"), headers=CHINESE)

    assert (chinese["Content-Language"], english["Content-Language"]) == ("zh-hans", "en")
    assert '<html lang="zh-hans">' in chinese.content.decode()
    assert "示范点名册" in chinese.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert "示范点名册" not in english.content.decode()


def test_the_other_language_is_a_plain_link_to_the_same_page(client, county):
    address = public("register:list") + "?" + urlencode({"text": "金溪 & 村", "page": 2})
    content = client.get(address).content.decode()

    link = re.search(r'<a class="btn[^>]*href="(/en/[^"]*)"\s*hreflang="en"', content)[1]
    other = client.get(link.replace("&amp;", "&"))
    assert other["Content-Language"] == "en"
    assert 'value="金溪 &amp; 村"' in other.content.decode()
    assert 'method="post"' not in content
    assert "csrf" not in content


def test_every_language_of_a_page_is_named_with_its_full_address(client, county, settings):
    settings.SITE_ADDRESS = "https://designation.example"
    head = client.get(public("rounds:detail", args=[county.round.pk]), headers={"host": "evil"})

    content, path = head.content.decode(), f"rounds/{county.round.pk}/"
    for rel in (
        f'rel="canonical" href="https://designation.example/zh-hans/{path}"',
        f'rel="alternate" hreflang="zh-hans" href="https://designation.example/zh-hans/{path}"',
        f'rel="alternate" hreflang="en" href="https://designation.example/en/{path}"',
        f'rel="alternate" hreflang="x-default" href="https://designation.example/{path}"',
    ):
        assert f"<link {rel}>" in content


OLD = [
    ("/", "/"),
    ("/register/?text=%E9%87%91%E6%BA%AA&page=2", "/register/?text=%E9%87%91%E6%BA%AA&page=2"),
    ("/standards/NC/compare/?from=1&to=1", "/standards/NC/compare/?from=1&to=1"),
    ("/standards/NC/1/annex.pdf", "/standards/NC/1/annex.pdf"),
    ("/notices/objections/", "/notices/objections/"),
]


@pytest.mark.parametrize(("old", "new"), OLD)
def test_an_old_address_leads_to_the_public_one_in_the_language_asked_for(client, old, new):
    chosen = Client()
    chosen.cookies = SimpleCookie({"django_language": "en"})

    for browser, asks, language in (
        (client, CHINESE, "zh-hans"),
        (client, ENGLISH, "en"),
        (chosen, CHINESE, "en"),
        (client, {"accept-language": "fr"}, "zh-hans"),
    ):
        answer = browser.get(old, headers=asks)
        # Not for good: the signed-in get a page of their own at the same address.
        assert (answer.status_code, answer.url) == (302, f"/{language}{new}")
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
        assert browser.head(old, headers=asks).url == answer.url


@pytest.fixture
def below_a_prefix():
    set_script_prefix("/sites/one/")
    yield
    set_script_prefix("/")


def test_an_address_below_a_prefix_of_the_proxy_keeps_it(client, county, below_a_prefix):
    answer = client.get("/register/?page=2")
    page = client.get("/zh-hans/rounds/").content.decode()

    assert answer.url == "/sites/one/zh-hans/register/?page=2"
    assert 'href="/sites/one/en/rounds/"' in page


def test_signed_in_the_same_page_stands_in_ones_own_frame_with_what_one_may_do(client, county):
    address = reverse("rounds:detail", args=[county.round.pk])
    client.force_login(county.preparer)

    own = client.get(address).content.decode()
    public_page = client.get(f"/zh-hans{address}").content.decode()

    assert county.preparer.full_name in own
    assert "开始申报" in own
    assert county.preparer.full_name not in public_page
    assert "开始申报" not in public_page


def test_a_public_round_says_how_to_go_on_and_leads_there_through_signing_in(client, county):
    address = reverse("rounds:detail", args=[county.round.pk])
    link = re.search(
        r'href="([^"]*)"\s*>登录后申报', client.get(f"/zh-hans{address}").content.decode()
    )

    client.force_login(county.preparer)
    led = client.get(link[1].replace("&amp;", "&"))

    assert led.url == address


def test_the_fixed_link_leads_the_signed_in_to_their_desk(client, county):
    content = client.get(public("home")).content.decode()
    link = re.search(r'href="([^"]*)"\s*>登录 / 工作台', content)[1]

    assert client.get(link).status_code == 200
    client.force_login(county.preparer)
    assert client.get(link).url == reverse("home")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(PUBLIC - FILES - DATA))
def test_a_public_page_links_to_public_pages_of_its_language(name, language, client, held_clock):
    world = World(stage_to_show(name), held_clock)
    address = world.address(name, lambda *a, **k: public(*a, **k, language=language))

    content = client.get(address).content.decode()

    links = set(re.findall(r'<a\b[^>]*\bhref="(/[^"]*)"', content))
    other = "/en/" if language == "zh-hans" else "/zh-hans/"
    led_astray = {link for link in links if not link.startswith((f"/{language}/", other))}
    assert led_astray <= {
        reverse("organizations:login"),
        f"{reverse('organizations:login')}?next=/rounds/{world.county.round.pk}/",
    }
    assert len([link for link in links if link.startswith(other)]) == 1
    for link in links:
        response = client.get(link.replace("&amp;", "&"))
        assert response.status_code == 200, link
        if response.streaming:
            close_file(response)


def test_what_leads_nowhere_says_so_in_the_public_frame(client, county):
    client.force_login(county.coordinator)
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status="draft")

    for address in (
        "/zh-hans/no-such-page/",
        f"/zh-hans/rounds/{draft.pk}/",
        "/zh-hans/notices/99999/",
        "/zh-hans/register/%00/",
        "/zh-hans/standards/drafts/",
        "/zh-hans/applications/",
        "/zh-hans/accounts/login/",
    ):
        answer = client.get(address)
        content = answer.content.decode()
        assert answer.status_code == 404, address
        assert county.coordinator.full_name not in content
        assert "登录 / 工作台" in content
        assert 'href="/zh-hans/"' in content
        assert not answer.cookies
        assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["/fr/", "/fr/register/", "/zh-cn/register/", "/EN/register/"])
def test_there_is_no_page_below_a_language_that_we_do_not_speak(client, address):
    assert client.get(address).status_code == 404


def test_a_forgotten_slash_is_added(client):
    for address in ("/zh-hans", "/en/register"):
        assert client.get(address).url == f"{address}/"
    assert client.get("/register").url == "/register/"


def test_the_frames_say_nothing_of_each_other(client, county):
    """A page for one's own work is not led away, nor is an address of the like of a public one."""
    assert client.get(reverse("applications:list")).url.startswith(reverse("organizations:login"))
    assert client.get("/standards/drafts/").url.startswith(reverse("organizations:login"))


# The form of an objector.


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


@pytest.fixture
def strict():
    """A browser that has to bring its token back."""
    return Client(enforce_csrf_checks=True)


def filled(browser, address, **typed):
    """Send the form of a page as its browser would."""
    form = forms_of(browser.get(address), address)[-1]
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    return browser.post(form.action, form.values | token | typed)


def test_an_objection_goes_in_through_the_public_address_and_is_followed(strict, entry):
    object_to = public("notices:object", args=[entry.notice_id, entry.pk])
    told = filled(strict, object_to, **NAMED).content.decode()

    objection = Objection.objects.get()
    assert objection.receipt_code in told
    assert f'href="{public("notices:detail", args=[entry.notice_id])}"' in told
    followed = filled(strict, public("notices:follow"), code=objection.receipt_code)
    assert "待受理" in followed.content.decode()
    assert followed["Cache-Control"] == "private, no-cache"


def turned(browser, answer, language):
    """Press the other language on the page that was answered."""
    form = next(one for one in forms_of(answer, "") if one.action.startswith(f"/{language}/"))
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    return form.action, browser.post(form.action, form.values | token)


def test_the_code_stays_for_who_turns_to_the_other_language_and_is_in_no_address(strict, entry):
    object_to = public("notices:object", args=[entry.notice_id, entry.pk])
    chinese = filled(strict, object_to, **NAMED)
    code = Objection.objects.get().receipt_code

    address, english = turned(strict, chinese, "en")
    _address, again = turned(strict, english, "zh-hans")

    assert f"<code>{code}</code>" in english.content.decode()
    assert english["Content-Language"] == "en"
    assert f"<code>{code}</code>" in again.content.decode()
    assert Objection.objects.count() == 1
    assert code not in address
    for page in (chinese, english, again):
        assert page["Cache-Control"] == "private, no-cache"
        assert not re.search(rf'(?:href|action)="[^"]*{code}', page.content.decode())


def test_what_became_of_an_objection_stays_for_who_turns_to_the_other_language(strict, entry):
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    chinese = filled(strict, public("notices:follow"), code=raised.receipt_code)

    address, english = turned(strict, chinese, "en")

    assert address == public("notices:follow", language="en")
    assert "Awaiting acceptance" in english.content.decode()
    assert raised.receipt_code in english.content.decode()
    assert english["Cache-Control"] == "private, no-cache"


def test_the_signed_in_turn_to_the_public_page_in_the_other_language(client, county, entry):
    client.force_login(county.coordinator)
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    own = client.post(reverse("notices:follow"), {"code": raised.receipt_code})

    _address, english = turned(client, own, "en")

    assert "Awaiting acceptance" in english.content.decode()


def test_a_code_shows_nothing_on_the_page_of_another_name(client, county, entry):
    elsewhere = County().at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(elsewhere, facts="面积不实", identity=None)
    address = public("notices:object", args=[entry.notice_id, entry.pk])

    answer = client.post(address, {"code": raised.receipt_code})

    assert answer.status_code == 422
    assert raised.receipt_code not in answer.content.decode()


def test_a_refused_objection_loses_nothing_in_either_language(strict, entry):
    for language in LANGUAGES:
        address = public("notices:object", args=[entry.notice_id, entry.pk], language=language)
        answer = filled(strict, address, **NAMED | {"name": "", "facts": "金溪村的面积不实"})

        content = answer.content.decode()
        assert answer.status_code == 422
        assert answer["Cache-Control"] == "private, no-cache"
        assert "金溪村的面积不实" in content
        assert "a@b.cn" in content
        assert f'<html lang="{language}">' in content
    assert not Objection.objects.exists()


def test_a_form_opened_before_is_answered_where_it_was_opened(client, entry):
    """From an old page, or an old link: what was typed is not led away from."""
    old = reverse("notices:object", args=[entry.notice_id, entry.pk])

    assert client.post(old, NAMED | {"name": ""}).status_code == 422
    assert client.post(old, NAMED).status_code == 200
    assert Objection.objects.count() == 1


def test_an_old_token_is_told_in_the_public_frame_with_what_was_typed(strict, entry):
    address = public("notices:object", args=[entry.notice_id, entry.pk])
    strict.get(address)
    answer = strict.post(address, NAMED, headers={"origin": "http://testserver"})

    content = answer.content.decode()
    assert answer.status_code == 403
    assert "登录 / 工作台" in content
    assert "面积不实" in content
    assert answer["Cache-Control"] == "private, no-cache"


def test_nobody_is_named_on_an_objection_though_they_are_signed_in(strict, entry, county):
    strict.force_login(county.preparer)
    filled(strict, public("notices:object", args=[entry.notice_id, entry.pk]), **NAMED)

    received = AuditEvent.objects.filter(subject_type__iendswith="objection").latest("sequence")
    assert received.actor_id is None
    delivery.deliver_waiting()
    strict.force_login(county.objection_officer)
    told = strict.get(reverse("messages:list")).content.decode()
    assert county.preparer.full_name not in told.partition("<main")[2]


def test_an_objection_that_ended_holds_no_form_and_no_cookie(client, entry, held_clock):
    held_clock.move_to(entry.notice.ends_at)
    answer = client.get(public("notices:object", args=[entry.notice_id, entry.pk]))

    assert "<textarea" not in answer.content.decode()
    assert not answer.cookies


def test_a_title_whose_number_has_signs_of_an_address_is_found(client, county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    title = Designation.objects.get()

    led = client.get(reverse("register:detail", args=[title.number]), follow=True)
    assert title.number in led.content.decode()
