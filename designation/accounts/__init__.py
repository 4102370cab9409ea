"""Signing in and out, passwords and their links, sessions."""
