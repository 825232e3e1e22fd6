from django.urls import path

from natapraja.foundation.web import views

urlpatterns = [
    path("bahasa/<slug:code>/", views.language, name="language"),
    path("galeri/", views.gallery, name="gallery"),
]
