"""Real organisations, read in as records of their own: data with attribution, and importers."""
