"""An address of ours as a picture that a phone reads: `{% qr_code path %}`."""

import segno
from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def drawn(address: str) -> SafeString:
    """The address as SVG, made here: nobody else learns it.

    Error correction M: it is still read when it was folded, or printed thin.
    """
    code = segno.make(address, error="m", micro=False)
    return SafeString(code.svg_inline(omitsize=True, border=4, light="#fff"))


@register.simple_tag(takes_context=True)
def qr_code(context: Context, path: str) -> SafeString:
    """The code of a path, as the page that shows it was itself reached."""
    address = context["request"].build_absolute_uri(path)
    return format_html(
        '<div class="slip-code" role="img" aria-label="{}">{}</div>',
        _("设置密码的地址，供手机扫码"),
        drawn(address),
    )
