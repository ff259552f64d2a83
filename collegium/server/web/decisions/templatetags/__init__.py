"""Tags for the pages about votes."""
