"""A notice as it is put up on the wall: without red head."""

from designation.papers.dates import in_words
from designation.papers.fields import Listed
from designation.papers.fields import Notice as Paper
from designation.site import clock
from standards.language import of_the_record

from .models import Notice
from .queries import listed


@of_the_record()
def paper(notice: Notice) -> Paper:
    """As it was published; before that as it would be now, and marked as a draft."""
    day = notice.published_at.astimezone(clock.SHANGHAI).date() if notice.published_at else None
    names = tuple(
        Listed(
            place=str(place),
            name=entry.printed_name or entry.application.organization.name_zh,
            area=entry.printed_area or entry.application.organization.jurisdiction.name_zh,
            category=entry.application.get_category_display(),
        )
        for place, entry in enumerate(listed(notice), start=1)
    )
    return Paper(
        issuing_body=notice.contact_unit,
        dated=in_words(day or clock.today()),
        is_draft=notice.status == Notice.Status.DRAFT,
        number=notice.number,
        title=notice.title,
        basis=notice.basis,
        procedure=notice.procedure,
        meeting=f"{in_words(notice.meeting_on)}{notice.meeting_name}研究",
        first_day=in_words(notice.first_day),
        last_day=in_words(notice.last_day),
        working_days=str(notice.working_days or ""),
        contact_unit=notice.contact_unit,
        contact_phone=notice.contact_phone,
        contact_email=notice.contact_email,
        contact_address=notice.contact_address,
        names=names,
    )
