from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.indicators"
    label = "indicators"
    verbose_name = "Indikator"
    default_auto_field = "django.db.models.BigAutoField"
