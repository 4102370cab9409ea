"""The rows of the list of applications, with all that a line says of one."""

from typing import Any

from django.db.models import QuerySet

from designation.applications.models import Application
from designation.organizations import names

from ..case.vacancies import with_vacancies


def with_lines(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` with what a line says: whose, in which round, in whose hands, whether in any."""
    columns = ("organization", "round", "holder_organization", "term")
    rows = with_vacancies(rows).select_related(*columns)
    return rows.annotate(former_name=names.last_former_name("organization", "organization_id"))
