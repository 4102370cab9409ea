"""The demo's bar: all its controls on a desk, one row on a phone."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import include, path
from django.utils import translation

from designation import urls
from designation.organizations.models import Person
from designation.site import clock

# The demo's own addresses exist under its settings only.
demo = [
    path(f"{name}/", HttpResponse, name=name.replace("-", "_"))
    for name in ("clock", "sign-in", "parts")
]
urlpatterns = [path("demo/", include((demo, "demo"))), *urls.urlpatterns]


def show_the_bar(visitor, language):
    context = {
        "demo_clock": clock.now().replace(month=12, day=28),
        "demo_steps": (1, 3, 7, 14),
        "user": Person(username="somebody"),
    }
    with override_settings(ROOT_URLCONF=__name__), language:
        bar = render_to_string("demo/_bar.html", context)
    visitor.go("/register/")
    visitor.page.evaluate("bar => document.body.insertAdjacentHTML('afterbegin', bar)", bar)


def height(visitor):
    return visitor.page.locator(".demo-bar").bounding_box()["height"]


def test_the_bar_leaves_room_on_a_phone_and_its_buttons_keep_their_names(visitor):
    for code in ("zh-hans", "en"):
        show_the_bar(visitor, translation.override(code))
        visitor.page.set_viewport_size({"width": 390, "height": 844})

        assert height(visitor) < 60
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
        for button in visitor.page.locator(".demo-bar button").all():
            assert button.bounding_box()["height"] >= 40
    visitor.page.get_by_role("button", name="+14 days").wait_for()


def test_the_bar_says_everything_on_a_desk(visitor):
    show_the_bar(visitor, translation.override("zh-hans"))

    visitor.sees("演示时钟：2026年12月28日(周一)09:00")
    visitor.page.get_by_role("button", name="+14 天").wait_for()
    assert height(visitor) < 60
