"""Is a statement supported by the passages that it cites?"""
