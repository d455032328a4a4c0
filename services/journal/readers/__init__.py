"""Readers of journal files, one module a format; they run in a limited child process."""
