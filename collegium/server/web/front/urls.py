"""Addresses of the front door."""

from django.urls import path

from collegium.server.web.front import views

urlpatterns = [
    path("", views.front, name="front"),
    path("healthz", views.healthy, name="healthz"),
    path("<slug:organisation>/enter/", views.enter, name="enter"),
    path("<slug:organisation>/enter/play/", views.play, name="play"),
    path("<slug:organisation>/enter/join/", views.join, name="join"),
    path("<slug:organisation>/leave/", views.leave, name="leave"),
]
