from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.ledger"
    label = "ledger"
    verbose_name = "Buku besar"
    verbs = ("ledger",)  # of commands.py, which is read only when one of them is asked for
