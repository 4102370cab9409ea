"""An empty site with its standards and calendar: no benchmark pays for the one before."""

import io
from unittest.mock import patch

from django.core.management import call_command
from django.db.backends.postgresql.operations import DatabaseOperations

from standards import catalogue
from tests.emptying import as_the_owner


def begin_anew() -> None:
    with patch.object(DatabaseOperations, "sql_flush", as_the_owner()):
        call_command("flush", interactive=False, verbosity=0)
    for data in ("load_standards", "load_calendar"):
        call_command(data, stdout=io.StringIO())
    catalogue.forget()
