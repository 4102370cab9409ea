"""The categories of a round, and the one that a page is narrowed to."""

from django.http import HttpRequest

from designation.rounds.models import Round
from standards.categories import Category


def chosen(request: HttpRequest, round_: Round) -> tuple[list[Category], str]:
    """Those of the round, and that which the address names; "" for all of them."""
    categories = [Category(one.category) for one in round_.categories.all()]
    return categories, next((one for one in categories if one == request.GET.get("category")), "")
