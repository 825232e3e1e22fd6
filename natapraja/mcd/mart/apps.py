from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.mart"
    label = "mart"
    verbose_name = "Mart"
    default_auto_field = "django.db.models.BigAutoField"
