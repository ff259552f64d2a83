"""Addresses that pages of every part share."""

from django.urls import path

from collegium.server.web.shared import stopping

urlpatterns = [path("stop/", stopping.stop_work, name="stop-work")]
