from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.synthetic"
    label = "synthetic"
    verbose_name = "Data sintetis"
    verbs = ("load",)  # of commands.py, which is read only when one of them is asked for
