from django.urls import path

from natapraja.foundation.access import views

urlpatterns = [path("masuk/", views.sign_in, name="sign-in")]
