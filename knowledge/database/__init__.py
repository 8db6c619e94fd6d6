"""Connections, engines, locks and their errors: SQLite and PostgreSQL alike."""
