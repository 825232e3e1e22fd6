from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.access"
    label = "access"
    verbose_name = "Hak akses"
    default_auto_field = "django.db.models.BigAutoField"
    verbs = ("account",)  # of commands.py, which is read only when one of them is asked for
