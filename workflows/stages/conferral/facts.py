"""The title that a case led to."""

from functools import cached_property

from designation.applications.models import Stage
from designation.register.models import Designation

from ...case.facts import Facts


class Given(Facts):
    """The title, with the decision by which it was given."""

    @cached_property
    def title(self) -> Designation | None:
        if self.case.application.stage != Stage.DESIGNATED:
            return None
        titles = Designation.objects.select_related("decision")
        return titles.filter(application=self.case.application).first()
