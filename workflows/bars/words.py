"""What is said of a bar: why, until when, and what can be done about it."""

from django.utils.translation import gettext as _

from designation.register.bars import Bar, Fault, Ground
from designation.site.templatetags.moments import day

from ..findings import GateFinding
from . import recourse


def why(bar: Bar) -> str:
    """For what it bars, and since when."""
    since = {"since": day(bar.since)}
    if bar.ground == Ground.REVOKED:
        told = _("称号于%(since)s被撤销") % since
    else:
        told = _("申报于%(since)s未通过") % since
    if bar.fault:
        told = _("%(told)s，原因是%(fault)s") % {"told": told, "fault": Fault(bar.fault).label}
    document = bar.document.strip()
    return (
        _("%(told)s（%(document)s）") % {"told": told, "document": document} if document else told
    )


def how_long(bar: Bar) -> str:
    """Until which day, or which round."""
    if bar.until is None:
        return _("在那以前已经开始的批次里不能再申报，下一批次起可以申报")
    return _("到%(until)s为止不能申报") % {"until": day(bar.until)}


def sentence(bar: Bar) -> str:
    return _("%(why)s，%(how_long)s。") % {"why": why(bar), "how_long": how_long(bar)}


def what_can_be_done(bar: Bar) -> str:
    """Waiting, or a decision that lifts it. Of an appeal, ``recourse`` tells."""
    if bar.until is None:
        return _("请对照理由改进，等下一批次开始申报后再申报。")
    return _("期满以后可以申报。要提前解除，须由作出决定的机关作出解除限制的决定，交审定人登记。")


def finding(bar: Bar) -> GateFinding:
    rule = _("限制申报期内不能申报")
    told = _("%(why)s办法：%(what_then)s")
    what_then = f"{what_can_be_done(bar)}{recourse.against(bar).said}"
    said = {"why": sentence(bar), "what_then": what_then}
    return GateFinding("barred", rule, told % said)
