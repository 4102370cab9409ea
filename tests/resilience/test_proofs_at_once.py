"""Two bring the last two proofs of posting at once, on real PostgreSQL."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from designation.evidence import library
from designation.organizations.models import Person
from tests import files
from tests.course import County
from tests.workflows.stages.test_notice_proofs import BOTH, awaited, on_notice, said_of
from workflows.stages.public_notice import postings
from workflows.stages.public_notice.models import Notice

from .test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_that_bring_the_last_two_proofs_at_once_leave_nothing_awaited(
    reference_data, held_clock
):
    county = County()
    notice, coordinator = on_notice(county), county.coordinator.pk
    on = notice.published_at.date()

    def bringing(channel):
        picture = library.receive(SimpleUploadedFile("公示.jpg", files.jpeg()))

        def bring():
            own, actor = Notice.objects.get(pk=notice.pk), Person.objects.get(pk=coordinator)
            return postings.record(own, said_of(channel, on), picture, actor=actor)

        return bring

    brought = at_once(*(bringing(channel) for channel in BOTH))

    assert [type(one).__name__ for one in brought] == ["NoticePosting"] * 2
    assert not awaited(notice).exists()
