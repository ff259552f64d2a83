"""Signatures as plain rows of Django's ORM: what we would write without a record."""
