"""Every form that writes, and how two people come to it: the list that a new form joins."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authoring.replays import requesting
from authoring.replays.models import Replay
from designation.adoptions.models import Adoption
from designation.applications.models import Answer, Application, Posting, Stage
from designation.calendar import loads
from designation.calendar.models import CalendarLoad
from designation.evidence import library
from designation.exports.models import Export
from designation.organizations.models import (
    Jurisdiction,
    Organization,
    Person,
    Role,
    Seat,
)
from designation.register.models import Designation, DesignationDecision
from designation.rounds.models import LocalTerm, Round, RoundCategory, Veto
from designation.site import clock
from designation.site.clock import SHANGHAI
from notifications import email_wordings, round_messages, webhook_settings
from standards.models import Check, Item, Section, StandardVersion
from tests import factories
from tests.appealed import Appealed
from tests.calendars import LINES_2027, year_2027
from tests.course import NOTICE, PDF
from tests.own_standards import OwnStandards
from tests.terms import end_those_over
from tests.visits_apart import begin, recheck
from workflows.stages.appeals.models import Appeal
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice
from workflows.stages.selection.models import Selection
from workflows.stages.verification import visits
from workflows.stages.verification.models import Visit

from .scenes import Edit, Late, Make, Scene, Sign, in_row


def two(county, role):
    """Two people in the same seat."""
    return tuple(factories.seated(role, county.jurisdiction) for _turn in range(2))


# Rounds


def draft_round(county):
    round_ = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    factories.RoundCategoryFactory(round=round_)
    return round_


def coordinators(county):
    return two(county, Role.COUNTY_COORDINATOR)


def round_frame(county):
    round_ = draft_round(county)
    return Scene(reverse("rounds:edit", args=[round_.pk]), coordinators(county), in_row(round_))


def round_email(county):
    round_, people = draft_round(county), coordinators(county)
    message = round_messages.called("application.submit.asks")
    said = {"opening_zh": "请尽快。"}
    row = email_wordings.keep(round_, message, said, actor=people[0])
    page = reverse("messages:email", args=[round_.pk, message.slug])
    return Scene(page, people, in_row(row))


def round_categories(county):
    round_ = draft_round(county)

    def stands(category):
        found = RoundCategory.objects.filter(round=round_, category=category)
        return found.values_list("quota", flat=True).first()

    page = reverse("rounds:categories", args=[round_.pk])
    return Scene(page, coordinators(county), stands)


def round_methods(county):
    round_ = draft_round(county)
    columns = {"document": "method_document", "reserve": "reserve"}

    def stands(name):
        category, _dash, what = name.partition("-")
        return getattr(RoundCategory.objects.get(round=round_, category=category), columns[what])

    return Scene(reverse("rounds:methods", args=[round_.pk]), coordinators(county), stands)


def round_terms(county):
    round_ = draft_round(county)

    def stands(name):
        return LocalTerm.objects.get(term=name.removeprefix("term-")).definition

    return Scene(reverse("rounds:terms", args=[round_.pk]), coordinators(county), stands)


def round_vetoes(county):
    round_ = draft_round(county)
    Veto.objects.create(
        round=round_, check_code="NC-03-C4", document="县委〔2025〕1号", confirming_body="公安局"
    )

    def stands(name):
        veto = Veto.objects.get(round=round_, check_code=name.removesuffix("-body"))
        return veto.confirming_body if name.endswith("-body") else veto.document

    return Scene(reverse("rounds:vetoes", args=[round_.pk]), coordinators(county), stands)


def new_round(county):
    return Scene(reverse("rounds:add"), coordinators(county))


NEW_ROUND = {
    "name_zh": "2027年评定",
    "organizer": "中共青山县委",
    "organizer_level": "county",
    "managing_office": "县委组织部",
    "approving_body": "省表彰办",
    "approval_document_number": "〔2026〕9号",
    "cycle": "每年一次",
    "opens_at": "2026-04-01T09:00",
    "closes_at": "2026-04-30T17:30",
}


def opening_a_round(county):
    round_ = draft_round(county)

    def meanwhile(send):
        return send(reverse("rounds:categories", args=[round_.pk]), {"NC": "3"})

    page = reverse("rounds:detail", args=[round_.pk])
    stands = in_row(round_)
    return Scene(page, coordinators(county), stands, to="/open/", meanwhile=meanwhile)


def closing_a_round(county):
    county.round.name_zh = "已开展的批次"

    def meanwhile(_send):
        # No page changes an open round so far: its places, as a later page will.
        RoundCategory.objects.filter(round=county.round).update(quota=3)

    page = reverse("rounds:detail", args=[county.round.pk])
    stands = in_row(county.round)
    return Scene(page, coordinators(county), stands, to="/close/", meanwhile=meanwhile)


# The calendar


def new_calendar_year(county):
    return Scene(reverse("calendar:add"), system_administrators(county))


def a_calendar_year(end):
    def arrange(county):
        first, second = system_administrators(county)
        loader = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
        load = loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=loader)
        page = reverse("calendar:load", args=[load.pk])
        return Scene(page, (first, second), in_row(load), to=f"/{end}/")

    return arrange


# Administrators


def system_administrators(county):
    return two(county, Role.SYSTEM_ADMINISTRATOR)


def jurisdiction(county):
    page = reverse("organizations:jurisdiction_edit", args=[county.jurisdiction.pk])
    return Scene(page, system_administrators(county), in_row(county.jurisdiction))


def organization(county):
    page = reverse("organizations:organization_edit", args=[county.village.pk])
    return Scene(page, system_administrators(county), in_row(county.village))


def person(county):
    someone = factories.seated(Role.VERIFIER, county.jurisdiction)
    page = reverse("organizations:person_edit", args=[someone.pk])
    return Scene(page, system_administrators(county), in_row(someone))


def own_settings(county):
    """The same person before two screens."""
    page = reverse("organizations:settings")
    return Scene(page, (county.preparer, county.preparer), in_row(county.preparer))


def new_jurisdiction(county):
    return Scene(reverse("organizations:jurisdiction_add"), system_administrators(county))


def gateway(county):
    administrators = system_administrators(county)
    values = {"address": "https://gateway.example.cn/", "kinds": ["asks"]}
    row = webhook_settings.keep(county.jurisdiction, values, actor=administrators[0])
    return Scene(reverse("messages:webhook"), administrators, in_row(row))


def new_organization(county):
    return Scene(reverse("organizations:organization_add"), system_administrators(county))


def new_person(county):
    return Scene(reverse("organizations:person_add"), system_administrators(county))


def new_seat(county):
    county.jurisdiction.refresh_from_db()
    factories.PersonFactory(username="seated.next", home_organization=county.village)
    factories.PersonFactory(username="seated.then", home_organization=county.village)
    return Scene(reverse("organizations:seat_add"), two(county, Role.SECURITY_ADMINISTRATOR))


def naming_a_deputy(county):
    county.jurisdiction.refresh_from_db()
    page = reverse("organizations:deputy_name", args=[county.coordinator.seats.get().pk])
    for person in (county.secrecy_reviewer, county.publisher):
        assert person.pk
    return Scene(page, two(county, Role.SECURITY_ADMINISTRATOR))


def ending_a_deputy(county):
    seat = county.coordinator.seats.get()
    deputy = factories.deputy_in(seat).seats.get(deputy_of=seat)
    page = reverse("organizations:deputy_end", args=[deputy.pk])
    return Scene(page, two(county, Role.SECURITY_ADMINISTRATOR), in_row(deputy))


def ending_a_seat(county):
    administrators = two(county, Role.SECURITY_ADMINISTRATOR)
    factories.seated(Role.VERIFIER, county.jurisdiction)
    seat = Seat.objects.get(person=county.reviewer)
    page = reverse("organizations:seat_end", args=[seat.pk])
    return Scene(page, administrators, in_row(seat))


# A county's own standards


def managers(county):
    return two(county, Role.STANDARDS_MANAGER)


def own_draft(county):
    return OwnStandards(county.jurisdiction).draft


def of_the_draft(name, *arguments):
    """A page of one part of a draft."""

    def arrange(county):
        draft = own_draft(county)
        page = reverse(f"drafting:{name}", args=[draft.pk, *arguments])
        rows = {
            "details": lambda: draft,
            "item": lambda: draft.items.get(code="NC-05"),
            "check": lambda: Check.objects.get(item__version=draft, code="NC-09-C2"),
        }
        return Scene(page, managers(county), in_row(rows[name]()))

    return arrange


def draft_section(county):
    draft = own_draft(county)
    section = draft.sections.first()
    page = reverse("drafting:section", args=[draft.pk, section.pk])
    return Scene(page, managers(county), in_row(section))


def new_section(county):
    return Scene(reverse("drafting:section_add", args=[own_draft(county).pk]), managers(county))


def new_item(county):
    draft = own_draft(county)
    page = reverse("drafting:item_add", args=[draft.pk, draft.sections.first().pk])
    return Scene(page, managers(county))


def new_check(county):
    page = reverse("drafting:check_add", args=[own_draft(county).pk, "NC-05"])
    return Scene(page, managers(county))


def new_copy(county):
    return Scene(reverse("drafting:copy"), managers(county))


def new_blank(county):
    return Scene(reverse("drafting:blank"), managers(county))


def reading_to_take(county):
    reading = OwnStandards(county.jurisdiction).reading
    return Scene(reverse("drafting:take", args=[reading.pk, 0]), managers(county))


def settling_questions(county):
    draft = own_draft(county)
    check = Check.objects.get(item__version=draft, code="NC-05-C1")
    question = draft.questions.create(item=check.item, check_proposed=check, reason="建议")
    page = reverse("drafting:questions", args=[draft.pk])
    return Scene(page, managers(county), in_row(question))


def an_edit(draft):
    def meanwhile(send):
        return send(reverse("drafting:item", args=[draft.pk, "NC-05"]), {"title_en": "Theirs"})

    return meanwhile


def there_is(row):
    return lambda _name: type(row).objects.filter(pk=row.pk).exists()


def deleting_an_item(county):
    draft = own_draft(county)
    page = reverse("drafting:item", args=[draft.pk, "NC-05"])
    item = draft.items.get(code="NC-05")
    meanwhile = an_edit(draft)
    return Scene(page, managers(county), there_is(item), press="delete", meanwhile=meanwhile)


def ending_a_draft(act):
    def arrange(county):
        draft = own_draft(county)
        page = reverse(f"drafting:{act}", args=[draft.pk])
        return Scene(page, managers(county), _status(draft), meanwhile=an_edit(draft))

    return arrange


def _status(version):
    rows = StandardVersion.objects.filter(pk=version.pk)
    return lambda _name: rows.values_list("status", flat=True).first()


def retiring_a_standard(county):
    published = OwnStandards(county.jurisdiction).published
    return Scene(reverse("drafting:retire", args=[published.pk]), managers(county))


def adopting_a_sample(county):
    return Scene(reverse("adoptions:adopt", args=["GQ"]), coordinators(county))


# Cases


def starting(county):
    second = factories.VillageFactory(superior=county.township)
    Seat.objects.create(person=county.preparer, role=Role.PREPARER, organization=second)
    page = reverse("applications:start", args=[county.round.pk])
    return Scene(f"{page}?organization={county.village.pk}", (county.preparer, county.preparer))


def applicants(county, name, *arguments, stands, to=None):
    application = county.start()
    page = reverse(f"applications:{name}", args=[application.pk, *arguments])
    people = (county.preparer, county.head)
    return Scene(page, people, lambda field: stands(application, field), to=to)


def summary(county):
    def stands(application, field):
        return in_row(application)(field)

    return applicants(county, "summary", stands=stands)


def internal_posting(county):
    Round.objects.filter(pk=county.round.pk).update(posting_days=1)

    def stands(application, field):
        return in_row(Posting.objects.get(application=application))(field)

    return applicants(county, "posting", stands=stands)


def in_the_library(county):
    file = SimpleUploadedFile("minutes.pdf", PDF)
    return library.put_in(file, holder=county.village, title="会议纪要", actor=county.preparer)


def library_entry(county):
    entry = in_the_library(county)
    page = reverse("library:entry", args=[entry.pk])
    return Scene(page, (county.preparer, county.head), in_row(entry))


def taking_out_of_the_library(county):
    entry = in_the_library(county)
    heads = tuple(factories.seated(Role.HEAD, county.village) for _turn in range(2))
    return Scene(reverse("library:take_out", args=[entry.pk]), heads, in_row(entry))


def item_page(county):
    def stands(application, field):
        answer = Answer.objects.filter(application=application, item__code="NC-01").first()
        return answer and getattr(answer, field)

    return applicants(county, "item", "NC-01", stands=stands, to="/items/NC-01/")


def on_recheck(name, *arguments):
    def arrange(county):
        visit = begin(county, recheck(county))
        visits.record_visit(
            visit,
            started_at=clock.now() - timedelta(hours=1),
            ended_at=None,
            summary="",
            actor=county.verifiers[0],
        )
        page = reverse(f"visits:{name}", args=[visit.pk, *arguments])
        return Scene(page, tuple(county.verifiers), _stands_on_site(name, visit))

    return arrange


def planning_a_visit(county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    page = reverse("applications:visit", args=[application.pk])
    return Scene(page, coordinators(county), in_row(application.visits.get()))


def planning_a_recheck(county):
    visit = recheck(county)
    page = reverse("visits:plan", args=[visit.pk])
    return Scene(page, coordinators(county), in_row(visit))


def on_site(name, *arguments, to=None):
    def arrange(county):
        application = county.at(Stage.VERIFYING)
        visit = application.visits.get()
        visits.record_visit(
            visit,
            started_at=clock.now() - timedelta(hours=1),
            ended_at=None,
            summary="",
            actor=county.verifiers[0],
        )

        page = reverse(f"applications:{name}", args=[application.pk, *arguments])
        return Scene(page, tuple(county.verifiers), _stands_on_site(name, visit), to=to)

    return arrange


def _stands_on_site(name, visit):
    def stands(field):
        if name == "verify":
            found = getattr(Visit.objects.get(pk=visit.pk), field)
            return found if field == "summary" else f"{found.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
        found = visit.measurements.filter(item__code="NC-01").first()
        return found and getattr(found, field)

    return stands


# Notices, objections, decisions


def renamed(county):
    """What another does meanwhile: the list bears another name."""
    page = reverse("organizations:organization_edit", args=[county.village.pk])
    return lambda send: send(page, {"name_zh": "改了名的村党支部"})


def a_step(step, person, prepare=lambda _notice, _county: None):
    def arrange(county):
        application = county.at(Stage.CHOSEN)
        notice = notices.propose(county.round, NOTICE, [application], actor=county.coordinator)
        prepare(notice, county)
        administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
        page = reverse("notices:manage", args=[notice.pk])
        people = (administrator, getattr(county, person))
        stands = in_row(notice)
        return Scene(page, people, stands, to=f"/{step}/", meanwhile=renamed(county))

    return arrange


def sent_back(notice, county):
    reason = "名单中有一处名称不对，请改正。"
    notices.send_back(notice, reason=reason, actor=county.secrecy_reviewer)


def holding_up(name):
    """Two publishers: meanwhile the other has given it a day more."""

    def arrange(county):
        notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
        page = reverse("notices:manage", args=[notice.pk])

        def meanwhile(_send):
            notices.extend(
                notice,
                days=1,
                reason="网站检修一天，页面无法访问。",
                actor=county.publisher,
            )

        people = two(county, Role.NOTICE_PUBLISHER)
        return Scene(page, people, in_row(notice), to=f"/{name}/", meanwhile=meanwhile)

    return arrange


def mending(county):
    scene = a_step("mend", "coordinator", sent_back)(county)
    page = reverse("notices:mend", args=[Notice.objects.get().pk])
    return Scene(page, scene.people, scene.stands, meanwhile=scene.meanwhile)


def confirming(county):
    application = county.start()
    county.prepare(application)

    def meanwhile(send):
        return send(reverse("applications:summary", args=[application.pk]), {"summary": "又改了"})

    page = reverse("applications:confirm", args=[application.pk])
    people = (county.preparer, county.head)
    return Scene(page, people, in_row(application), meanwhile=meanwhile)


def composing(county):
    county.at(Stage.CHOSEN)
    county.beside().at(Stage.CHOSEN)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    page = reverse("notices:compose", args=[county.round.pk])
    people = (administrator, county.coordinator)
    return Scene(page, people, lambda _n: Notice.objects.exists(), meanwhile=renamed(county))


def choosing(county):
    """All that meet are put forward: the sheet proposes it of both."""
    RoundCategory.objects.update(method="all")
    county.at(Stage.VERIFIED)
    county.beside().at(Stage.VERIFIED)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    page = reverse("selections:compose", args=[county.round.pk, "NC"])
    people = (administrator, county.coordinator)
    return Scene(page, people, lambda _n: Selection.objects.exists(), meanwhile=renamed(county))


def choosing_alone(county):
    scene = choosing(county)
    return Scene(scene.page, scene.people[1:])


def composing_alone(county):
    scene = composing(county)
    return Scene(scene.page, scene.people[1:])


def entry_on_notice(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


def entering_an_objection(county):
    page = reverse("notices:enter", args=[entry_on_notice(county).pk])
    return Scene(page, two(county, Role.OBJECTION_OFFICER))


def handling_an_objection(county):
    found = objections.raise_objection(entry_on_notice(county), facts="面积不实", identity=None)
    page = reverse("notices:objection", args=[found.pk])
    return Scene(page, two(county, Role.OBJECTION_OFFICER), in_row(found))


def awaiting_decision(county):
    application = county.at(Stage.ON_NOTICE)
    notice = application.notice_entries.get().notice
    clock.now.__self__.move_to(notice.ends_at)
    notices.close_register(notice, actor=county.objection_officer)
    end_those_over()
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    page = reverse("designations:designate", args=[county.round.pk])
    people = (administrator, county.deciding_officer)
    done = lambda _name: Designation.objects.exists()  # noqa: E731 - read where it stands
    return Scene(page, people, done, meanwhile=renamed(county))


def deciding_alone(county):
    scene = awaiting_decision(county)
    return Scene(scene.page, scene.people[1:])


# Appeals


def appealing(county):
    case = Appealed(county)
    return Scene(reverse("appeals:against_decision", args=[case.decision.pk]), (county.head,))


# What if


def exporting_a_list(county):
    county.at(Stage.SUBMITTED)
    return Scene(reverse("exports:take", args=["applications"]), coordinators(county))


def replaying(county):
    county.at(Stage.SUBMITTED)
    page = reverse("replays:begin", args=[county.round_category.pk])
    return Scene(page, coordinators(county))


def calling_off(county):
    replay = requesting.request(
        county.round_category,
        county.round_category.standard,
        thresholds={},
        basis="declared",
        actor=county.coordinator,
    )
    page = reverse("replays:detail", args=[replay.pk])
    return Scene(page, coordinators(county), in_row(replay), to="/cancel/")


def chosen(model, **which):
    """Typed as the key of a row that is there only once the scene is arranged."""
    return lambda: str(model.objects.get(**which).pk)


def calendar_file():
    lines = "\n".join(["date,kind", *LINES_2027])
    return SimpleUploadedFile("2027.csv", lines.encode())


EDITS = [
    Edit(
        "messages:webhook",
        gateway,
        "address",
        "https://first.example.cn/",
        "https://second.example.cn/",
        ("kinds", ["visit"]),
    ),
    Edit(
        "messages:email",
        round_email,
        "opening_zh",
        "甲写的开头。",
        "乙写的开头。",
        ("closing_zh", "两人都没有改的结尾。"),
    ),
    Edit("rounds:edit", round_frame, "name_zh", "甲定的批次", "乙定的批次", ("cycle", "两年一次")),
    Edit("rounds:categories", round_categories, "NC", 3, 5, ("SQ", 2)),
    Edit(
        "rounds:methods",
        round_methods,
        "NC-document",
        "青办〔2026〕1号",
        "青办〔2026〕2号",
        ("NC-reserve", 2),
    ),
    Edit(
        "rounds:terms",
        round_terms,
        "term-四个统一",
        "甲的释义",
        "乙的释义",
        ("term-三有三带", "乙的另一条"),
    ),
    Edit(
        "rounds:vetoes",
        round_vetoes,
        "NC-03-C4",
        "县委〔2026〕1号",
        "县委〔2026〕2号",
        ("NC-03-C4-body", "县公安局"),
    ),
    Edit(
        "organizations:jurisdiction_edit",
        jurisdiction,
        "name_zh",
        "甲县",
        "乙县",
        ("name_en", "Second County"),
    ),
    Edit(
        "organizations:organization_edit",
        organization,
        "name_zh",
        "甲村党支部",
        "乙村党支部",
        ("name_en", "Second Village"),
    ),
    Edit(
        "organizations:person_edit",
        person,
        "full_name",
        "甲改的名",
        "乙改的名",
        ("language", "en"),
        is_personal=True,
    ),
    Edit(
        "organizations:settings",
        own_settings,
        "email",
        "a@example.cn",
        "b@example.cn",
        ("language", "en"),
        is_personal=True,
    ),
    Edit(
        "drafting:details",
        of_the_draft("details"),
        "title_zh",
        "甲定的标准",
        "乙定的标准",
        ("title_en", "Second standard"),
    ),
    Edit(
        "drafting:section",
        draft_section,
        "title_printed",
        "甲部分",
        "乙部分",
        ("title_en", "Second part"),
    ),
    Edit(
        "drafting:item",
        of_the_draft("item", "NC-05"),
        "title_en",
        "First wording",
        "Second wording",
        ("condition_zh", "有外出流动党员"),
    ),
    Edit(
        "drafting:check",
        of_the_draft("check", "NC-09", "NC-09-C2"),
        "metric_zh",
        "甲指标",
        "乙指标",
        ("note", "乙的说明"),
    ),
    Edit(
        "library:entry",
        library_entry,
        "title",
        "甲定的名称",
        "乙定的名称",
        ("caption", "乙的说明"),
    ),
    Edit(
        "applications:summary",
        summary,
        "summary",
        "甲写的简介",
        "乙写的简介",
        ("term_began_on", "2021-03-01"),
        in_log=False,
    ),
    Edit(
        "applications:posting",
        internal_posting,
        "place",
        "村务公开栏",
        "村委会门口",
        ("posted_from", "2026-03-02"),
        in_log=False,
    ),
    Edit(
        "applications:item",
        item_page,
        "note",
        "甲的说明",
        "乙的说明",
        ("conclusion", "met"),
        in_log=False,
    ),
    Edit(
        "applications:visit",
        planning_a_visit,
        "place",
        "甲地",
        "乙地",
        ("planned_on", "2026-03-05"),
    ),
    Edit(
        "visits:plan",
        planning_a_recheck,
        "place",
        "甲地",
        "乙地",
        ("planned_on", "2026-03-05"),
    ),
    Edit(
        "applications:verify",
        on_site("verify"),
        "summary",
        "甲写的核查情况",
        "乙写的核查情况",
        ("ended_at", "2026-03-02T08:30"),
        in_log=False,
    ),
    Edit(
        "applications:measure",
        on_site("measure", "NC-01"),
        "basis",
        "甲看到的",
        "乙看到的",
        ("verdict", "met"),
        in_log=False,
    ),
    Edit(
        "visits:verify",
        on_recheck("verify"),
        "summary",
        "甲写的核查情况",
        "乙写的核查情况",
        ("ended_at", "2026-03-02T08:30"),
        in_log=False,
    ),
    Edit(
        "visits:measure",
        on_recheck("measure", "NC-01"),
        "basis",
        "甲看到的",
        "乙看到的",
        ("verdict", "met"),
        in_log=False,
    ),
]

MEETING = {
    "meeting_name": "县委常委会会议",
    "meeting_on": "2026-03-02",
    "meeting_attendance": "应到9人，实到9人",
    "stood_aside": "无",
    "meeting_result": "一致同意",
}
MAKES = [
    Make(
        "rounds:add",
        new_round,
        NEW_ROUND,
        {"name_zh": "另一批"},
        Round.objects.count,
        wrong={"closes_at": "2026-03-01T09:00"},
    ),
    Make(
        "calendar:add",
        new_calendar_year,
        {"file": calendar_file, "document": "国办发明电〔2026〕5号"},
        {"document": "国办发明电〔2026〕6号"},
        CalendarLoad.objects.count,
        wrong={"document": ""},
        again=False,
    ),
    Make(
        "organizations:jurisdiction_add",
        new_jurisdiction,
        {"code": "341821088000", "name_zh": "新设镇"},
        {"code": "341821089000", "name_zh": "另设镇"},
        Jurisdiction.objects.count,
        wrong={"code": "1"},
    ),
    Make(
        "organizations:organization_add",
        new_organization,
        {"name_zh": "新村党支部", "category": "NC", "is_active": "on"}
        | {"jurisdiction": chosen(Jurisdiction, code="341821000000")},
        {"name_zh": "另一村党支部"},
        Organization.objects.count,
        wrong={"category": ""},
    ),
    Make(
        "organizations:person_add",
        new_person,
        {"username": "new.person", "full_name": "新人", "password": "a-first-password-9"},
        {"username": "other.person"},
        Person.objects.count,
        wrong={"full_name": ""},
    ),
    Make(
        "organizations:seat_add",
        new_seat,
        {"person": chosen(Person, username="seated.next"), "role": "verifier"}
        | {"jurisdiction": chosen(Jurisdiction, code="341821000000")},
        {"person": chosen(Person, username="seated.then")},
        Seat.objects.count,
        wrong={"jurisdiction": ""},
    ),
    Make(
        "organizations:deputy_name",
        naming_a_deputy,
        {"colleague": chosen(Seat, role="secrecy_reviewer")}
        | {"starts_on": "2026-03-03", "ends_on": "2026-03-06"},
        {"colleague": chosen(Seat, role="notice_publisher")}
        | {"starts_on": "2026-03-09", "ends_on": "2026-03-10"},
        Seat.objects.count,
        wrong={"ends_on": ""},
    ),
    Make(
        "drafting:section_add",
        new_section,
        {"title_printed": "加分项"},
        {"title_printed": "另一部分"},
        Section.objects.count,
        wrong={"title_printed": ""},
    ),
    Make(
        "drafting:item_add",
        new_item,
        {"number_printed": "1.", "text": "甲。"},
        {"text": "乙。"},
        Item.objects.count,
        wrong={"text": ""},
    ),
    Make(
        "drafting:check_add",
        new_check,
        {"phrase": "党", "kind": "must_be_true", "metric_zh": "甲"}
        | {"strictness": "strict", "scope": "current"},
        {"metric_zh": "乙"},
        Check.objects.count,
        wrong={"phrase": "没有这句话"},
    ),
    Make(
        "drafting:copy",
        new_copy,
        {},
        {"version": chosen(StandardVersion, category="SQ")},
        StandardVersion.objects.count,
        wrong={"version": ""},
    ),
    Make(
        "drafting:blank",
        new_blank,
        {"category": "NC", "title": "本县标准"},
        {"title": "另一标准"},
        StandardVersion.objects.count,
        wrong={"title": ""},
    ),
    Make(
        "drafting:take",
        reading_to_take,
        {"category": "NC", "document": "评定办法"},
        {"document": "另一办法"},
        StandardVersion.objects.count,
        wrong={"document": ""},
    ),
    Make(
        "adoptions:adopt",
        adopting_a_sample,
        {"reason": "正式文本尚未印发，先用示例开展。", "understood": "on"},
        {"reason": "正式文本尚未印发，另有一条理由。"},
        Adoption.objects.count,
        wrong={"reason": "试行"},
        again=False,
    ),
    Make(
        "applications:start",
        starting,
        {},
        {"organization": lambda: str(Organization.objects.filter(category="NC").latest("pk").pk)},
        Application.objects.count,
    ),
    Make(
        "notices:compose",
        composing_alone,
        NOTICE | {"applications": lambda: _verified()[:1]},
        {"applications": lambda: _verified()[1:]},
        Notice.objects.count,
        wrong={"title": ""},
    ),
    Make(
        "selections:compose",
        choosing_alone,
        MEETING,
        {"meeting_result": "另有决定"},
        Selection.objects.count,
        wrong={"meeting_name": ""},
        again=False,
    ),
    Make(
        "notices:enter",
        entering_an_objection,
        {"channel": "phone", "manner": "anonymous", "facts": "面积不实"},
        {"facts": "另有一事"},
        Objection.objects.count,
        wrong={"facts": ""},
    ),
    Make(
        "designations:designate",
        deciding_alone,
        {"document_number": "青发〔2026〕8号", "decided_on": "2026-03-10"},
        {"document_number": "青发〔2026〕9号"},
        DesignationDecision.objects.count,
        wrong={"document_number": ""},
        again=False,
    ),
    Make(
        "appeals:against_decision",
        appealing,
        {"reason": "台账齐全，请求核对原件。", "sure": "yes"},
        {"reason": "会议记录齐全，请求核对。"},
        Appeal.objects.count,
        wrong={"reason": "短"},
        again=False,
    ),
    Make(
        "exports:take",
        exporting_a_list,
        {"format": "csv", "columns": ["stage"]},
        {"columns": ["due"]},
        Export.objects.count,
        wrong={"columns": []},
        again=False,
    ),
    Make(
        "replays:begin",
        replaying,
        {"threshold-NC-09-C2": "75"},
        {"threshold-NC-09-C2": "70"},
        Replay.objects.count,
        wrong={"threshold-NC-09-C2": "x"},
        again=False,
    ),
]


def _verified():
    return [str(row.pk) for row in Application.objects.filter(stage=Stage.CHOSEN).order_by("pk")]


SIGNS = [
    Sign(
        "selections:compose",
        choosing,
        lambda scene: scene.stands(""),
        "名单在您打开页面后有变化",
        MEETING,
    ),
    Sign(
        "applications:confirm",
        confirming,
        lambda scene: scene.stands("stage") == Stage.SELF_ASSESSED,
        "您打开页面以后，这些内容又有改动：简介和会议日期",
        {"truth": "yes"},
    ),
    Sign(
        "rounds:open",
        opening_a_round,
        lambda scene: scene.stands("status") == Round.Status.OPEN,
        "在您打开页面后有改动",
    ),
    Sign(
        "rounds:close",
        closing_a_round,
        lambda scene: scene.stands("status") == Round.Status.CLOSED,
        "在您打开页面后有改动",
    ),
    Sign(
        "drafting:item",
        deleting_an_item,
        lambda scene: not scene.stands(""),
        "没有删除",
    ),
    Sign(
        "drafting:publish",
        ending_a_draft("publish"),
        lambda scene: scene.stands("") == "published",
        "在您打开页面后有改动",
        {"reason": "经县委研究，正式印发执行。"},
    ),
    Sign(
        "drafting:discard",
        ending_a_draft("discard"),
        lambda scene: scene.stands("") is None,
        "在您打开页面后有改动",
        {"reason": "与另一草稿重复，不再使用。"},
    ),
    Sign(
        "notices:compose",
        composing,
        lambda scene: scene.stands(""),
        "请看最新内容后再办理",
        NOTICE,
    ),
    Sign(
        "notices:step",
        a_step("secrecy", "secrecy_reviewer"),
        lambda scene: scene.stands("secrecy_reviewed_at") is not None,
        "请看最新内容后再办理",
    ),
    Sign(
        "notices:send_back",
        a_step("send-back", "secrecy_reviewer"),
        lambda scene: scene.stands("sent_back_at") is not None,
        "请看最新内容后再办理",
        {"reason": "名单中有一处名称不对，请改正。"},
    ),
    Sign(
        "notices:extend",
        holding_up("extend"),
        lambda scene: scene.stands("working_days") == 7,
        "请看最新内容后再办理",
        {"extend-days": "1", "extend-reason": "网站检修一天，页面无法访问。"},
    ),
    Sign(
        "notices:restart",
        holding_up("restart"),
        lambda scene: scene.stands("status") == Notice.Status.STOPPED,
        "请看最新内容后再办理",
        {"restart-cause": "other", "restart-reason": "网站检修一天，页面无法访问。"},
    ),
    Sign(
        "notices:mend",
        mending,
        lambda scene: scene.stands("sent_back_at") is None,
        "请看最新内容后再办理",
    ),
    Sign(
        "designations:designate",
        awaiting_decision,
        lambda scene: scene.stands(""),
        "待命名的名单在您打开页面后有变化",
        {"document_number": "青发〔2026〕8号", "decided_on": "2026-03-10"},
    ),
]

LATES = [
    Late("calendar:confirm", a_calendar_year("confirm"), "已经办理", {"compared": "on"}),
    Late("calendar:decline", a_calendar_year("decline"), "已经办理", {"reason": "漏了一天。"}),
    Late("organizations:seat_end", ending_a_seat, "这个岗位已经终止"),
    Late("organizations:deputy_end", ending_a_deputy, "这项代理已经终止"),
    Late("drafting:questions", settling_questions, "没有选中待核对的内容", {"question": "1"}),
    Late(
        "drafting:retire",
        retiring_a_standard,
        "只有已发布的版本可以停用",
        {"reason": "县委已印发新的标准，停用旧版。"},
    ),
    Late(
        "notices:objection",
        handling_an_objection,
        "这件异议已由他人办理",
        {"act": "accept", "reason": "经研究，属于受理范围。"},
        {"act": "refuse", "reason": "经研究，不属于受理范围。"},
    ),
    Late("replays:cancel", calling_off, "推演已经结束"),
    Late(
        "library:take_out",
        taking_out_of_the_library,
        "这份资料已经移出",
        {"reason": "重复上传，按规定移出资料库。"},
    ),
]

# Held where their own rules are.
HELD_ELSEWHERE = {
    # The digest of all that would follow comes back with the press.
    "organizations:reorganize": "tests/designation/administration/test_reorganizing_pages.py",
    # A department is asked once, and taken back once.
    "rounds:department_add": "tests/designation/rounds/test_department_changes.py",
    "rounds:department_remove": "tests/designation/rounds/test_department_changes.py",
    # The second finds that it is held already, or not held any more.
    "retention:hold": "tests/designation/retention/test_looking.py",
    "retention:lift": "tests/designation/retention/test_looking.py",
    "applications:section": "tests/workflows/stages/test_sections.py",
    "applications:mark": "tests/workflows/stages/test_two_hands.py",
    "applications:decide": "tests/workflows/stages/test_two_hands.py",
    # The door compares the version that the page showed of each.
    "applications:batch": "tests/workflows/stages/test_review_queue.py",
    # A case is reminded of once a working day, whoever does it.
    "applications:remind_late": "tests/workflows/test_late_cases.py",
    "applications:claim": "tests/workflows/stages/test_review_queue.py",
    "applications:sign": "tests/workflows/stages/test_two_hands.py",
    "applications:declare": "tests/workflows/stages/test_verification.py",
    # The second finds the first's visit arranged.
    "visits:for_title": "tests/workflows/stages/verification/test_arranging_apart.py",
    "visits:for_decision": "tests/workflows/stages/appeals/test_visit.py",
    "visits:for_objection": "tests/workflows/stages/verification/test_arranging_apart.py",
    "visits:declare": "tests/workflows/stages/verification/test_apart_pages.py",
    "visits:sign": "tests/workflows/stages/verification/test_apart_pages.py",
    "visits:perform": "tests/workflows/stages/verification/test_apart_pages.py",
    "visits:call_off": "tests/workflows/stages/verification/test_called_off.py",
    "titles:act": "tests/workflows/titles/test_pages.py",
    # Once for what bars, under a lock; the second is told.
    "bars:lift": "tests/workflows/bars/test_bars.py",
    # Once a year, under the lock of the county or of the title.
    "rechecks:draw": "tests/workflows/rechecks/test_year.py",
    "rechecks:enter": "tests/workflows/rechecks/test_year.py",
    "rechecks:report": "tests/workflows/rechecks/test_pages.py",
    "rechecks:step": "tests/workflows/rechecks/test_pages.py",
    # The second finds that there is one that states the same; a job finds what was issued.
    "certificates:issue": "tests/designation/certificates/test_issuing.py",
    "certificates:decision": "tests/designation/certificates/test_packing.py",
    # What they saw is the key of the design.
    "certificates:design": "tests/designation/certificates/test_design.py",
    # Which template they saw comes back; the same file again changes nothing.
    "papers:sealed": "tests/workflows/test_sealed_copies.py",
    "papers:template": "tests/designation/papers/test_templates.py",
    "papers:end": "tests/designation/papers/test_templates.py",
    "appeals:act": "tests/workflows/stages/appeals/test_pages.py",
    # Its file is chosen anew; of one decision an appeal is made once.
    "appeals:enter_against_decision": "tests/workflows/stages/appeals/test_paper.py",
    "appeals:enter_against_title": "tests/workflows/stages/appeals/test_paper.py",
    # Files are kept by their content; the version of the appeal goes on there.
    "appeals:attach": "tests/workflows/stages/appeals/test_files.py",
    "appeals:library": "tests/workflows/stages/appeals/test_files.py",
    # A revocation is appealed against once.
    "appeals:against_title": "tests/workflows/stages/appeals/test_of_titles.py",
    # The door compares the version that the page showed.
    "applications:perform": "tests/workflows/test_transitions.py",
    "applications:withdraw": "tests/workflows/test_transitions.py",
    "applications:reject": "tests/workflows/test_transitions.py",
    "applications:return_to_preparer": "tests/workflows/stages/test_head.py",
    "applications:end_overdue": "tests/workflows/stages/selection/test_pages.py",
    "applications:return_to_review": "tests/workflows/stages/selection/test_pages.py",
    "applications:put_back": "tests/workflows/stages/selection/test_pages.py",
    "applications:decline": "tests/workflows/stages/selection/test_pages.py",
    # Made once for their key; what they show is compared there.
    "rounds:extend": "tests/designation/rounds/test_extending.py",
    "rounds:extend_for": "tests/designation/rounds/test_extending.py",
    # The row it corrects is in its address.
    "rounds:correct_term": "tests/designation/rounds/test_definitions.py",
    "rounds:copy": "tests/designation/rounds/test_copying.py",
    # The log calls its fields by the names of the bodies.
    "rounds:places": "tests/designation/rounds/test_places.py",
    "rounds:routing": "tests/designation/rounds/test_routing.py",
    # The names are listed by the department's own rows; what they show is compared there.
    "rounds:departments": "tests/designation/rounds/test_departments.py",
    # What each showed is compared there; each is made once for its key.
    "opinions:send": "tests/workflows/stages/opinions/test_two_at_once.py",
    "opinions:sheet": "tests/workflows/stages/opinions/test_two_at_once.py",
    "opinions:paper": "tests/workflows/stages/opinions/test_two_at_once.py",
    "opinions:papers": "tests/workflows/stages/opinions/test_papers.py",
    # Only added; made once for its key.
    "notices:record_posting": "tests/workflows/stages/test_notice_postings.py",
    "opinions:not_awaited": "tests/workflows/stages/opinions/test_two_at_once.py",
    # Kept as it was sent; what it showed is the version of the case.
    "applications:remind": "tests/workflows/test_reminding.py",
    # The public's form answers with a receipt.
    "notices:object": "tests/workflows/stages/test_objection_register.py",
    # What the page showed is compared there; each is made once for its key.
    "notices:answer": "tests/workflows/stages/test_objections.py",
    "notices:ask_longer": "tests/workflows/stages/test_longer.py",
    "notices:longer": "tests/workflows/stages/test_longer.py",
    "notices:assign": "tests/workflows/stages/test_investigation.py",
    "notices:report": "tests/workflows/stages/test_investigation.py",
    "notices:join": "tests/workflows/stages/test_joining.py",
    "notices:separate": "tests/workflows/stages/test_joining.py",
    "notices:redact": "tests/workflows/stages/test_hearing.py",
    "notices:release": "tests/workflows/stages/test_hearing.py",
    "notices:hearing": "tests/workflows/stages/test_hearing.py",
    "notices:hearing_library": "tests/workflows/stages/test_hearing.py",
    # Its inputs are named after its files; the two texts are shown side by side there.
    "applications:arrange": "tests/workflows/stages/test_arranging.py",
    # Files are kept by their content, and never rewritten.
    "applications:evidence_add": "tests/designation/applications/test_evidence.py",
    "applications:evidence_cite": "tests/designation/applications/test_evidence.py",
    "applications:evidence_remove": "tests/designation/applications/test_evidence.py",
    "library:add": "tests/designation/evidence/test_library.py",
    "applications:papers": "tests/workflows/stages/test_papers.py",
    "applications:library": "tests/workflows/stages/test_library_choice.py",
    # A paper is kept as it came; the application is begun once for its key.
    "applications:type": "tests/workflows/stages/test_typed.py",
    "applications:signed_papers": "tests/workflows/stages/test_typed.py",
    # Once only, under the lock.
    "applications:take_over": "tests/workflows/stages/test_typed.py",
    # A table is looked through as it stands, and another one takes its place.
    "organizations:table_add": "tests/designation/administration/test_tables.py",
    "organizations:table_accept": "tests/designation/administration/test_tables.py",
    "organizations:table_seats": "tests/designation/administration/test_tables.py",
    "organizations:table_titles": "tests/designation/administration/test_titles_table.py",
    "organizations:table_stop": "tests/designation/administration/test_tables.py",
    "drafting:read": "tests/authoring/drafting/test_from_document_to_round.py",
    # What they saw of the words comes back.
    "messages:email_restore": "tests/notifications/test_email_wording.py",
    # What they saw of the keys comes back; of a trial the last one counts.
    "messages:webhook_key": "tests/notifications/test_webhook_page.py",
    "messages:webhook_key_end": "tests/notifications/test_webhook_page.py",
    "messages:webhook_try": "tests/notifications/test_webhook_page.py",
    # What the page showed is compared there; it is done once for its key.
    "organizations:leaving": "tests/designation/administration/test_leaving.py",
    **dict.fromkeys(
        (
            "organizations:rights_keep",
            "organizations:rights_withdraw",
            "organizations:rights_finish",
        ),
        "tests/designation/administration/test_rights_reviews.py",
    ),
    "organizations:switch_on": "tests/designation/administration/test_unused.py",
    "organizations:staying": "tests/designation/administration/test_leaving.py",
    # A password is nobody else's.
    "organizations:password": "tests/designation/accounts/test_accounts.py",
    "organizations:password_link": "tests/designation/accounts/test_password_links.py",
    "organizations:forgotten": "tests/designation/accounts/test_forgotten.py",
    "organizations:password_slips": "tests/designation/accounts/test_slips.py",
    "organizations:link_mailing": "tests/designation/accounts/test_link_mailings.py",
    "organizations:set_password": "tests/designation/accounts/test_password_links.py",
    # Once, under the lock of its link.
    "organizations:first_day": "tests/designation/administration/test_first_day.py",
}

# They ask for a passage, or for what stands before the first: each with the templates of its forms.
PASSAGES = {
    "applications:start": {"case/_start.html"},
    "applications:type": {"self_assessment/type.html"},
    "applications:perform": {
        "case/_offer.html",
        "verification/_begin.html",
        "verification/_complete.html",
    },
    "applications:confirm": {"case/confirm/_word.html"},
    "applications:return_to_preparer": {"case/reasoned.html"},
    "applications:withdraw": {"case/withdraw.html"},
    "applications:decide": {"first_review/review.html"},
    "applications:batch": {"first_review/batch.html"},
    "applications:reject": {"verification/_reject.html"},
    "applications:end_overdue": {"case/reasoned.html"},
    "applications:return_to_review": {"case/reasoned.html"},
    "applications:put_back": {"case/reasoned.html"},
    "applications:decline": {"case/reasoned.html"},
    "selections:compose": {"selection/_form.html"},
    "visits:perform": {"visits/_passage.html"},
    "visits:call_off": {"visits/call_off.html"},
    "titles:act": {"titles/act.html"},
    "bars:lift": {"bars/lift.html"},
    "rechecks:step": {"rechecks/step.html"},
    "appeals:act": {"appeals/act.html"},
    "notices:compose": {"public_notice/compose.html"},
    "notices:mend": {"public_notice/compose.html"},
    "notices:step": {"public_notice/_step.html", "public_notice/_four_steps.html"},
    "notices:extend": {"public_notice/_holding_up.html"},
    "notices:restart": {"public_notice/_holding_up.html"},
    "notices:record_posting": {"public_notice/_postings.html"},
    "notices:send_back": {"public_notice/_send_back.html"},
    "notices:objection": {"objections/_handle.html"},
    "notices:answer": {"objections/answer.html"},
    "notices:redact": {"objections/redact.html"},
    "notices:release": {"objections/release.html"},
    "notices:ask_longer": {"objections/ask_longer.html"},
    "notices:longer": {"objections/longer.html"},
    "notices:assign": {"objections/assign.html"},
    "notices:report": {"objections/report.html"},
    "notices:join": {"objections/join.html"},
    "notices:separate": {"objections/separate.html"},
    "notices:hearing": {"objections/hearing.html"},
    "designations:designate": {"conferral/designate.html"},
}

# They write nothing of a record: a session, what was looked at, a trial, a proof.
NO_RECORD = {
    "organizations:login",
    "organizations:logout",
    "standard_preview:bench",
    "standard_preview:preview",
    "standard_preview:item",
    "standard_preview:check_add",
    "standard_preview:check",
    # The links that a page shows, on another paper.
    "organizations:slips_file",
    "organizations:first_day_slips",
    # About one's own file and one's own columns, which nobody else works on.
    "exports:cancel",
    "exports:forget",
    # How one is told oneself.
    "messages:preferences",
    # One's own file again; that it was made is added to the record, and changes nothing there.
    "reports:archive_case",
    "reports:archive_round",
    "certificates:plaques",
    "notices:follow",
    "notices:identity",
    "notices:attachment",
    "messages:open",
    "messages:read_all",
    "audit:verify",
}
