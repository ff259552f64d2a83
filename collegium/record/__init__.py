"""The record: canonical acts in a Merkle tree, signed, sealed, exported and verified.

Knows no act by name, and nothing of Collegium above it.
"""
