"""A county's own standards: a file it read, a draft it works on, a version it published."""

from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from authoring.drafting import readings
from designation.organizations.models import Role
from designation.site import clock
from standards import catalogue, copying, publishing

from . import factories

TEXT = """县级农村示范点标准
一、组织建设
1.每年召开党员大会不少于4次,党员参会率在80%以上。
2.班子团结,没有违纪违法现象。
二、活动场所
3.有党员活动室,面积一般不少于50平方米。
"""


def text_file(text=TEXT, name="标准.txt"):
    return SimpleUploadedFile(name, text.encode())


class OwnStandards:
    """Each made when first asked for, by a standards manager of the jurisdiction."""

    def __init__(self, jurisdiction):
        self.jurisdiction = jurisdiction

    @cached_property
    def manager(self):
        return factories.seated(Role.STANDARDS_MANAGER, self.jurisdiction)

    @cached_property
    def reading(self):
        two = TEXT + TEXT.replace("农村", "社区")
        return readings.keep(text_file(two), self.jurisdiction, actor=self.manager)

    @cached_property
    def draft(self):
        return copying.copy(catalogue.current("NC"), area_code=self.jurisdiction.code)

    @cached_property
    def published(self):
        version = copying.copy(catalogue.current("SQ"), area_code=self.jurisdiction.code)
        publishing.publish(version, at=clock.now())
        return version
