from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.registers"
    label = "registers"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"
