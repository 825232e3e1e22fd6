"""Background jobs of the accounts."""

from importlib import import_module

from django.conf import settings
from django_tasks import task


@task()
def clear_sessions() -> None:
    """Take away sessions that ended by themselves: nobody signed out of them, so nothing else does."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
