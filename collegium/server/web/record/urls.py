"""Addresses of the record."""

from django.urls import path

from collegium.server.web.record import views

urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/acts/<int:seq>/", views.entry, name="entry"),
    path("record/acts/<int:seq>/proof.tlog-proof", views.proof_file, name="proof-file"),
]
