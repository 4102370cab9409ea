"""What those who judged an application said of it, as far as it still stands.

Everybody who sees the case reads it, from the passage on that it went with: until then it is a
draft of whoever writes it, and nowhere here.
"""

from .. import declared
from .facts import Case
from .records import Decision


def standing(case: Case) -> dict[str, Decision]:
    """By the role in which it was given, the last opinion. One statement.

    A way back to where it was given, or further, takes it away; a correction that is asked for
    behind that place takes nothing.
    """
    place = {stage: number for number, stage in enumerate(declared.places())}
    found: dict[str, Decision] = {}
    for one in case.application.decisions.select_related("actor", "acted_for"):
        here = place[one.to_stage]
        found = {role: said for role, said in found.items() if place[said.from_stage] < here}
        if declared.gives_opinion(one.transition):
            found[one.actor_role] = one
    return found
