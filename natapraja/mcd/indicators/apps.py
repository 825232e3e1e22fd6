from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.indicators"
    label = "indicators"
    verbose_name = "Indikator"
    verbs = (
        "figures",
        "explain",
        "publish",
        "worker",
    )  # of commands.py, which is read only when one of them is asked for
