from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "designation.register"
    label = "register"
    verbose_name = _("名册")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording
        from designation.organizations import succession
        from designation.papers import given_numbers
        from designation.site import tables as lists
        from standards.categories import Category

        from . import giving, recognition, tables
        from .standing import Act

        succession.take_part("titles", recognition.ROOM)
        lists.register(*tables.TABLES)
        given_numbers.called(
            {"decision": _("命名决定"), **{f"title.{act}": act.label for act in Act}},
            together="titles",
            recorded_by=giving.who_recorded,
        )
        wording.register(
            actions={
                "title.give": _("授予称号"),
                "title.renamed": _("称号随更名"),
                "title.recognised": _("重新认定称号"),
            },
            fields={
                "organization": _("组织"),
                "category": _("类别"),
                "document_number": _("发文字号"),
                "designated_on": _("命名日期"),
                "valid_until": _("有效期至"),
            },
            values={("register.designation", "category"): dict(Category.choices)},
        )
