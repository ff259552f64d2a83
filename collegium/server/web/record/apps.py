"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The record: entries, receipts and proofs."""

    name = "collegium.server.web.record"
    label = "web_record"
