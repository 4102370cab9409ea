"""The first page: what waits for me, what is mine, what is late; for the public, what is open."""
