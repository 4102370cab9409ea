"""What axe finds wrong with the page that is open."""

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
RUN = "(rules) => axe.run({resultTypes: ['violations'], rules}).then((said) => said.violations)"
# By far the dearest of its rules.
CONTRAST = "color-contrast"


def violations(page, *, without=()):
    """As axe says them; the script is brought once a page, and only what is wrong comes back."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(RUN, {rule: {"enabled": False} for rule in without})
