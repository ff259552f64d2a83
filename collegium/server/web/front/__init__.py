"""The front door: which organisations are here, and who visits."""
