"""What the log keeps of a passage of an application."""

from designation.audit import events

from .records import Decision


def entry_of(decision: Decision) -> events.Entry:
    application = decision.application
    submission = application.submission
    return events.Entry(
        actor=decision.actor,
        action=f"application.{decision.transition}",
        subject=application,
        jurisdiction_code=application.area_code,
        role=decision.actor_role,
        acted_for=decision.acted_for,
        details={
            "from": decision.from_stage,
            "to": decision.to_stage,
            "version": application.version,
            "opinion": decision.opinion,
            "submission": submission.sha256 if submission else "",
        },
    )
