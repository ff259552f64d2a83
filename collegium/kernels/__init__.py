"""Arrays in, arrays out: what is worth compiling, with NumPy and Numba (extra `fast`).

Nothing here knows what a row means. Whoever calls imports a kernel inside a function, has a
plain twin of it, and falls back to the twin where the extra isn't installed.
"""
