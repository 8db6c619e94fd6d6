"""One loader per format, chosen by suffix and content."""
