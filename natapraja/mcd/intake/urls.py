"""Addresses of the import."""

from django.urls import path

from . import views

urlpatterns = [
    path("impor/", views.imports, name="imports"),
    path("impor/<int:number>/", views.one, name="import"),
    path("impor/<int:number>/lanjutkan/", views.resume, name="import-resume"),
    path("impor/<int:number>/ditolak.<str:kind>", views.bad_rows, name="import-bad-rows"),
    path("impor/kosong/<str:register>.<str:kind>", views.blank_file, name="import-blank"),
]
