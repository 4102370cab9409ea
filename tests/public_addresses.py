"""Where the public pages are: those of ``designation/public_urls.py``, below a language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def public(name, *, args=(), language="zh-hans"):
    """The public address of a page, as ``reverse`` gives that of the signed-in."""
    with translation.override(language):
        return reverse(name, urlconf=settings.PUBLIC_URLCONF, args=args)
