"""The server: pages and forms over the house, through Django; nothing below knows of it."""
