from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.intake"
    label = "intake"
    verbose_name = "Impor"
    verbs = ("import",)  # of commands.py, which is read only when one of them is asked for
