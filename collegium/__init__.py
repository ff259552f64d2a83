"""Runs an organisation from below, and lets its members recompute how it was run."""

__version__ = "0.1.0"
