"""One writer per binary format: a source text in, one file out."""
