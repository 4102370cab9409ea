"""A draft standard as its applicants and verifiers will meet it, before it is published."""
