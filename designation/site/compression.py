"""Pages go out compressed: a section page of 50 kB comes as 8 kB, on a phone before a slow line."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = ("text/", "application/json", "application/atom+xml", "image/svg+xml")


class Compressed(GZipMiddleware):
    """Django's own, which pads at random against guessing a secret by lengths; for text alone.

    Evidence, papers and exports are compressed by what they are, or long: they keep their length,
    by which a browser shows how much is still to come.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compressed where it is a page or another text that is there as a whole."""
        is_text = response.get("Content-Type", "").startswith(_TEXT)
        if not isinstance(response, HttpResponse) or not is_text:
            return response
        return super().process_response(request, response)
