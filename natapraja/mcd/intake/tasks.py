"""Imports as background jobs: a page hands a file over and is free again."""

from django_tasks import task

from natapraja.foundation.kernel.clock import now

from . import actions


@task()
def run_import(number: int, by: str) -> None:
    """Carry out one import that was received."""
    actions.carry_out(number=number, by=by, at=now())


@task()
def resume_imports() -> None:
    """Go on with what an earlier process left half-way; to be handed over once at every start."""
    actions.resume_interrupted(by="system:import", at=now())


@task()
def forget_refused_rows() -> None:
    """Delete refused rows that nobody took in time; to be handed over once a day."""
    actions.forget_refused(by="system:import", at=now())
