"""What the list of drafts says of each: how many items, checks, and questions left."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from designation.organizations.models import Person
from standards.models import Check, StandardVersion

from .models import Question
from .rules import managed_readings, managed_standards


def counted_standards(person: Person) -> QuerySet[Any]:
    """The versions of one's areas, each with the number of its items, checks, open questions."""
    is_open = Q(questions__settled_at__isnull=True)
    return (
        managed_standards(person)
        .annotate(
            item_count=Count("items", distinct=True),
            check_count=Count("items__checks", distinct=True),
            questions_open=Count("questions", filter=is_open, distinct=True),
        )
        .order_by("category", "-number")
    )


def counted_readings(person: Person) -> QuerySet[Any]:
    """The files read in one's areas, without their text, each with the number of its drafts."""
    taken = Count("questions__version", distinct=True)
    return managed_readings(person).defer("content").annotate(taken=taken)


def open_questions(row: StandardVersion | Check) -> QuerySet[Question]:
    """What is still to be looked at in a draft, or about one of its checks."""
    questions: QuerySet[Question] = row.questions.filter(settled_at__isnull=True)  # type: ignore[union-attr]
    return questions
