"""Addresses of the first page inside."""

from django.urls import path

from collegium.server.web.today import views

urlpatterns = [path("", views.today, name="today")]
