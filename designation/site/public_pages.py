"""Public pages: the same for everybody, and so fit to be kept by a proxy for everybody.

They lie below their language (``/zh-hans/…``, ``/en/…``); ``designation/public_urls.py`` says which
there are. A request for one is answered as if it bore no cookie but that of the form's token, so
nothing of a person can come into it: no session is read. While it is answered, a name as
``register:list`` means the public address: what a public page links to is public.

The same page without a language is that of the signed-in, in their own frame. Anybody else is
led to the public one, in the language that the browser or an earlier choice asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, set_urlconf
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import get_language

_SAFE = ("GET", "HEAD")
# Also that nothing changed, where a page says so itself: a proxy goes on keeping what it has.
_KEPT = (200, 304)
# Our default, in seconds: a page that a crowd asks for is made once a minute, and what is taken
# off a notice, or a title that ends, is seen nowhere for longer than that.
KEPT_FOR = 60


def is_public(request: HttpRequest) -> bool:
    """Whether the request asks for what lies below a language."""
    return request.path_info[1:].partition("/")[0] in dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The page in one language: ``path`` for a link of ours, ``address`` for the world."""

    code: str
    path: str
    address: str


class PublicPages:
    """Middleware; stands above sessions and languages, and has the last word on what is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request):
            return self.get_response(request)
        request.urlconf = settings.PUBLIC_URLCONF  # type: ignore[attr-defined]
        # For what answers before an address is looked up.
        set_urlconf(settings.PUBLIC_URLCONF)
        token = settings.CSRF_COOKIE_NAME
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if name == token}
        return _kept_or_not(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Lead anybody but the signed-in from an address without a language to the public one.

        Never for good, for the signed-in are not led there; and a form that was opened here is
        answered here, with what was typed.
        """
        if is_public(request) or request.method not in _SAFE or not _has_public_page(request):
            return None
        if request.user.is_authenticated:
            return None
        address = f"{get_script_prefix()}{get_language()}{request.get_full_path_info()}"
        answer = HttpResponseRedirect(address, headers={"Cache-Control": "private, no-cache"})
        patch_vary_headers(answer, ("Cookie", "Accept-Language"))
        return answer


def _has_public_page(request: HttpRequest) -> bool:
    try:
        public = resolve(f"/{get_language()}{request.path_info}", settings.PUBLIC_URLCONF)
    except Resolver404:
        return False
    # Not one that only looks alike: a draft's address has the form of a standard's.
    return request.resolver_match is not None and (
        public.view_name == request.resolver_match.view_name
    )


def _kept_or_not(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is the same for everybody may be kept; a form bears a token, whose cookie tells it."""
    if request.method not in _SAFE or response.status_code not in _KEPT or response.cookies:
        # Not "no-store": the way back to a form would be an empty form.
        response["Cache-Control"] = "private, no-cache"
        return response
    # What stood in a session would have been asked for by its cookie; there was none.
    varies = set(response.get("Vary", "").split(", ")) - {"Cookie", ""}
    del response["Vary"]
    if varies:
        response["Vary"] = ", ".join(sorted(varies))
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    if response.streaming:
        return response
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response.get("ETag"), response=response)
    return answer or response


def in_languages(request: HttpRequest) -> list[InLanguage]:
    """The public page in every language, also where the signed-in read it in their own frame."""
    prefix, rest = get_script_prefix(), _rest(request)
    return [
        InLanguage(code, path, f"{settings.SITE_ADDRESS}{path}")
        for code, _name in settings.LANGUAGES
        for path in [f"{prefix}{code}/{rest}"]
    ]


def _rest(request: HttpRequest) -> str:
    """The address without its language."""
    whole = request.get_full_path_info()[1:]
    return whole.partition("/")[2] if is_public(request) else whole


def frame(request: HttpRequest) -> dict[str, Any]:
    """Which base page a template builds on that has two; and the links of the public one."""
    if not is_public(request):
        return {"frame": "base.html"}
    own = f"{get_script_prefix()}{_rest(request)}"
    return {
        "frame": "public/base.html",
        "is_public": True,
        "work_path": own,
        "default_address": f"{settings.SITE_ADDRESS}{own}",
        "languages": in_languages(request),
    }
