"""Joint approval: k of n members of a body act together, with reasons, or not at all."""
