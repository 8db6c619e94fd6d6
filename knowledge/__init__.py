"""The register, the indexes derived from it, and retrieval: the truth and how it is found."""
