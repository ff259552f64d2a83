"""Members and their keys, bodies, posts, and the rule book."""
