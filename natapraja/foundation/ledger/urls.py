"""Addresses of the ledger."""

from django.urls import path

from natapraja.foundation.ledger import views

urlpatterns = [path("buku-besar/", views.page, name="ledger")]
