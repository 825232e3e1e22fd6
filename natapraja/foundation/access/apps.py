from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.access"
    label = "access"
    verbose_name = "Hak akses"
    verbs = ("account",)  # of commands.py, which is read only when one of them is asked for
