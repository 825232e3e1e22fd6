from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.dashboards"
    label = "dashboards"
    verbose_name = "Dasbor"
    default_auto_field = "django.db.models.BigAutoField"
