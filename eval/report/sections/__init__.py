"""The sections of a report, a file each: what is known in, markup out."""
