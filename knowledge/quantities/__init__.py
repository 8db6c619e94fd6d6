"""What a text says in numbers, of dates and units, in Spanish and English."""
