"""Promises and complaints over REST, on the command line, and looked for in running contacts."""
