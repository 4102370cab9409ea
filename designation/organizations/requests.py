"""The request of someone who has signed in."""

from django.http import HttpRequest

from .models import Person


class PersonRequest(HttpRequest):
    """What a view behind ``login_required`` receives: ``user`` is a person, never anonymous."""

    user: Person
