"""Where entries are kept: `protocol` says what an archive promises, the rest keeps it."""
