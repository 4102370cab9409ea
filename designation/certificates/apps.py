from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from designation.site.jobs.kinds import Words

_PACKING = Words(
    running=_("发证、打包中"),
    progress=_("已办 %(done)d 步，共 %(total)d 步。"),
    bar=_("发证、打包进度"),
    cancel=_("取消打包"),
    under_way=_("您有一个文件还在生成。请等它完成，或者先取消它。"),
)


class CertificatesConfig(AppConfig):
    name = "designation.certificates"
    label = "certificates"
    verbose_name = _("证书")

    def ready(self) -> None:
        """Give the log the words of this room's acts, say who is told; name the job."""
        from designation.audit import wording
        from designation.exports import running as exports
        from designation.register import queries as register
        from designation.site import tables as lists
        from designation.site.jobs import kinds

        from . import announcements, packing, queries, tables

        kinds.register(kinds.Kind(packing.PACK, _PACKING, packing.begin, exports.undo))
        register.also_called_by(queries.numbered, queries.issued_last)
        lists.register(*tables.TABLES)
        wording.register(
            actions={
                "certificate.issue": _("发证"),
                "certificate.design": _("设置证书样式"),
                "certificate.pack": _("打包证书"),
                "certificate.plaques": _("导出牌匾清单"),
            },
            fields={
                "title_number": _("名册编号"),
                "certificate": _("证书编号"),
                "replaces": _("原证书编号"),
                "key_id": _("密钥编号"),
                "heading": _("证书名称"),
                "wording": _("证书正文"),
                "makes_plaques": _("制作牌匾"),
            },
        )
        announcements.declare()
