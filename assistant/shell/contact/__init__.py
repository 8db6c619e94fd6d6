"""Contacts over REST and WebSocket: brought in by programs, typed by agents, followed by both."""
