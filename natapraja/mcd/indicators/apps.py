from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.indicators"
    label = "indicators"
    verbose_name = "Indikator"
    default_auto_field = "django.db.models.BigAutoField"
    verbs = (
        "figures",
        "explain",
        "publish",
        "worker",
    )  # of commands.py, which is read only when one of them is asked for
