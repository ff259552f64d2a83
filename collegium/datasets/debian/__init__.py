"""Votes of the Debian project, 2005 to 2017; `ORIGIN.md` says where they come from."""
