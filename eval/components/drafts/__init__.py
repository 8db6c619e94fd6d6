"""Is what should not be sent marked in drafts, and the rest left alone?"""
