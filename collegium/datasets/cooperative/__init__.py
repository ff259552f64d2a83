"""An invented co-operative of 40, founded as a demonstration, with two years of history."""
