"""Addresses of the tour."""

from django.urls import path

from collegium.server.web.tour import views

urlpatterns = [
    path("tour/", views.tour, name="tour"),
    path("tour/figures/", views.figures, name="tour-figures"),
    path("tour/<slug:slug>/", views.station, name="tour-station"),
]
