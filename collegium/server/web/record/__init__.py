"""The record: entries, receipts and proofs."""
