"""Members, bodies, posts and the rule book."""
