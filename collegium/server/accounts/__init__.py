"""Accounts: who sits at which browser, and which member of an organisation they are."""
