"""Votes: opened, ballots cast and counted in, closed, their outcomes declared."""
