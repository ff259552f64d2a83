"""The tour of the Debian record: six questions, and what can be said in figures."""
