"""Are contradictions between sources found, and look-alikes left alone?"""
