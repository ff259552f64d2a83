"""Addresses of the record."""

from django.urls import path

from collegium.server.web.record import copying, views

urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/entries/<int:seq>/", views.entry, name="entry"),
    path("record/entries/<int:seq>/proof.tlog-proof", views.proof_file, name="proof-file"),
    path("record/entries/<int:seq>/entry.json", views.entry_file, name="entry-file"),
    path("record/checkpoint", copying.checkpoint_file, name="checkpoint-file"),
    path("record/copies/", copying.copies_page, name="copies"),
    path("record/copies/copy.zip", copying.copy_file, name="copy-file"),
    path("record/copies/damaged/", copying.damaged, name="damaged"),
    path("record/copies/damaged/copy.zip", copying.damaged_file, name="damaged-file"),
]
