"""The course of an application, for whoever stands above: start, perform, what is offered.

``door`` carries it, ``flow`` draws it. Stages and their pages speak to the door.
"""

from typing import Unpack

from viewflow.fsm import Transition

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.site.refusal import Refusal

from . import door, flow
from .case.facts import Act, Case
from .case.held import already_moved, lock_for
from .findings import GateFinding
from .stages.self_assessment.starting import start

__all__ = [
    "Refusal",
    "already_moved",
    "is_done",
    "lock_for",
    "offered",
    "perform",
    "start",
]


def perform(
    name: str,
    application_id: int,
    *,
    actor: Person | None,
    expected_version: int | None = None,
    act: Act | None = None,
    **how: Unpack[door.How],
) -> Application:
    """Carry out transition ``name`` of one application; see ``door.perform``."""
    application: Application = door.perform(
        f"{flow.Course.KIND}.{name}",
        application_id,
        actor=actor,
        expected_version=expected_version,
        act=act,
        **how,
    )
    return application


def is_done(name: str, application: Application, *, act: Act, **by: Unpack[door.By]) -> bool:
    """Whether this very form has carried out ``name`` before; see ``door.is_done``."""
    return door.is_done(f"{flow.Course.KIND}.{name}", application, act=act, **by)


def offered(case: Case, person: Person) -> list[tuple[Transition, tuple[GateFinding, ...]]]:
    """The transitions this person may carry out now, each with its gate's findings."""
    return door.offered(flow.Course.KIND, case, person)
