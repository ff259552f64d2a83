"""Today: what waits for the visitor."""
