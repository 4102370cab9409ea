from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "authoring.drafting"
    label = "drafting"
    verbose_name = _("编制标准")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        wording.register(
            actions={
                "standard.read": _("读入标准文件"),
                "standard.draft": _("起草标准"),
                "standard.add": _("标准草稿新增内容"),
                "standard.move": _("调整标准草稿顺序"),
                "standard.delete": _("删除标准草稿内容"),
                "standard.settle": _("核对标准草稿"),
                "standard.publish": _("发布标准"),
                "standard.retire": _("停用标准"),
                "standard.discard": _("放弃标准草稿"),
            },
            changes={"standard.edit": _("修改标准草稿")},
            fields={
                "file_name": _("文件名"),
                "sha256": _("文件哈希"),
                "copied_from": _("复制自"),
                "part": _("条目或检查点"),
                "moved": _("移动方向"),
                "deleted": _("删去的内容"),
                "settled": _("核对处数"),
            },
            values={"moved": {"up": _("上移"), "down": _("下移")}},
        )
