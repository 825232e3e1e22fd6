"""Addresses of the dashboards, the RT notebook and the village desk."""

from django.urls import path

from . import live, notebook, village

urlpatterns = [
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
