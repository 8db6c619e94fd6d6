"""The company's voice: rules read from its voice guides, and answers phrased by them."""
