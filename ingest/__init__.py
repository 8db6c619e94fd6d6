"""Files in, chunks out: parse, clean, chunk, embed, store."""
