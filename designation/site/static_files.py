"""How static files are named in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = (
    (r"""(?P<matched>from "(?P<url>\./[^"]+)";)""", 'from "%(url)s";'),
    (r"""(?P<matched>import "(?P<url>\./[^"]+)";)""", 'import "%(url)s";'),
)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, also where one module of our script imports another.

    Otherwise a browser would put an old module beside a new one. (Django's own switch for this
    reads the modules of other packages too, and stumbles over imports that they do not ship.)
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("saving/*.js", _IMPORTS))
