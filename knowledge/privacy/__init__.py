"""Personal data in Spanish and English texts: where it is, and texts without it."""
