from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.areas"
    label = "areas"
    verbose_name = "Wilayah"
    verbs = ("areas",)  # of commands.py, which is read only when one of them is asked for
