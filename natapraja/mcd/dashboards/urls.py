"""Addresses of the dashboards, the RT notebook and the village desk."""

from django.urls import path

from . import (
    area,
    downloads,
    figure,
    home,
    landing,
    listing,
    live,
    movement,
    notebook,
    origins,
    regent,
    search,
    village,
    wall,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("mulai/", landing.start, name="start"),
    path("cari/", search.search, name="search"),
    path("indikator/", listing.indicators, name="catalogue"),
    path("turunan/", listing.cascades, name="cascades"),
    path("wilayah/", area.today, name="today"),
    path("wilayah/<str:area>/", area.dashboard, name="area"),
    path("wilayah/<str:area>/unduh.<str:kind>", downloads.area_file, name="area-file"),
    path("angka/<str:indicator>/<str:area>/", figure.passport, name="passport"),
    path("angka/<str:indicator>/<str:area>/unduh.<str:kind>", downloads.passport_file, name="passport-file"),
    path("angka/<str:indicator>/<str:area>/kiriman/", origins.origins, name="origins"),
    path("gerak/<str:indicator>/<str:area>/", movement.movement, name="movement"),
    path("bupati/", regent.page, name="regent"),
    path("layar/<str:area>/", wall.wall, name="wall"),
    path("rt/", notebook.mine, name="my-notebook"),
    path("rt/<str:area>/", notebook.notebook, name="notebook"),
    path("rt/<str:area>/tetap/", notebook.unchanged, name="notebook-unchanged"),
    path("rt/<str:area>/lapor/<str:kind>/<int:unit>/", notebook.event, name="notebook-event"),
    path("rt/<str:area>/perbaiki/<str:register>/<int:unit>/", notebook.correct, name="notebook-correct"),
    path("rt/<str:area>/urungkan/<uuid:submission>/", notebook.undo, name="notebook-undo"),
    path("desa/", village.mine, name="my-village"),
    path("desa/<str:area>/", village.village, name="village"),
    path("desa/<str:area>/putuskan/<int:claim>/", village.decide, name="village-decide"),
    path("kabar/<str:area>/", live.stream, name="live"),
]
