"""The site: the only place where server, pages and organisations are put together."""
