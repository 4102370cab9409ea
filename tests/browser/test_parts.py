"""The page of the demo that shows every part of the pages in every state."""

import re

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, include, path

from demo import parts
from designation.urls import urlpatterns as site
from tooling.places import ROOT

from .test_access import serious

pytestmark = pytest.mark.django_db(transaction=True)


def _control(_request):
    return HttpResponse()


# As demo/urls.py has them; the demo's clock and accounts exist under its own settings only.
urlpatterns = [
    *site,
    path(
        "demo/",
        include(
            (
                [
                    path("parts/", parts.page, name="parts"),
                    path("clock/", _control, name="clock"),
                    path("sign-in/", _control, name="sign_in"),
                ],
                "demo",
            )
        ),
    ),
]


def as_in_the_demo(_request):
    """What demo/context.py adds to every page."""
    return {"demo_clock": parts.AT, "demo_steps": (1, 7)}


@pytest.fixture
def shown(visitor, settings):
    options = settings.TEMPLATES[0]["OPTIONS"]
    processors = [*options["context_processors"], f"{__name__}.as_in_the_demo"]
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "OPTIONS": {**options, "context_processors": processors}}
    ]
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield visitor
    clear_url_caches()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_part_can_be_read_and_reached(shown, width):
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.go("/demo/parts/")

    assert serious(shown.page) == []
    assert not shown.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert shown.complaints == []


def test_everything_on_a_page_stands_in_a_region_of_it(shown):
    """The demo's bar too: who goes from region to region comes by it."""
    shown.go("/demo/parts/")

    outside = shown.page.evaluate(
        "[...document.body.children].filter((one) => !one.matches("
        "'header, nav, main, footer, aside, template, .skip-link, .saving-notices')).length"
    )
    assert outside == 0
    shown.page.get_by_role("complementary", name="演示环境").wait_for()


def test_a_link_that_looks_like_a_button_is_dark_enough(shown):
    shown.go("/demo/parts/")

    link = shown.page.locator(".btn-link").first
    colour = link.evaluate("(one) => getComputedStyle(one).color")
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    assert contrast((red, green, blue), (255, 255, 255)) >= 4.5


def contrast(one, other):
    """The contrast of two colours after WCAG 2, 1.4.3."""

    def light(colour):
        parts_ = [part / 255 for part in colour]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts_
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_no_part_is_left_out():
    """Each is on the page itself, or on every page: in its frame."""
    templates = ROOT / "templates"
    queue = ["base.html", "demo/parts.html"]
    seen = set()
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            source = (templates / name).read_text()
            queue += re.findall(r'\{%\s*include\s+"([^"]+)"', source)
            # Heads of columns have a tag of their own, and so has the link to the help.
            queue += ["parts/head.html"] * ("{% head " in source)
            queue += ["parts/help.html"] * ("{% help_link %}" in source)
            queue += [
                f"parts/{part}.html" for part in re.findall(r'\{%\s*part\s+"([^"]+)"', source)
            ]

    assert {f"parts/{part.name}" for part in (templates / "parts").glob("*.html")} - seen == set()
