"""Readers of journal files."""
