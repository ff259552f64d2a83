"""Votes: ballots cast, outcomes explained, and what one needs to recount them."""
