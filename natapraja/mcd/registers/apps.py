from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.mcd.registers"
    label = "registers"
    verbose_name = "Register"
