"""What the demo's administrators find: a review of rights under way, and an account long unused."""

from datetime import timedelta

from designation.administration import rights_reviews
from designation.organizations.models import Jurisdiction, Person
from designation.site import clock, shown
from designation.site.shown import Seen

# Of the lines, as many were kept as one page of a careful morning holds.
_KEPT = 8
_UNUSED_FOR = timedelta(days=80)


def begin(county: Jurisdiction, *, security: Person, unused: Person) -> None:
    """Open the review of the present quarter, keep its first lines, and let an account be old."""
    Person.objects.filter(pk=unused.pk).update(used_on=clock.today() - _UNUSED_FOR)
    review = rights_reviews.open_review(county, rights_reviews.quarter_of(clock.today()))
    lines = list(rights_reviews.lines_of(review)[:_KEPT])
    seen = shown.carried(rights_reviews.compared(rights_reviews.said_of(lines)))
    rights_reviews.keep(
        review,
        [line.pk for line in lines],
        seen=Seen.of({shown.INPUT: seen}),
        actor=security,
    )
