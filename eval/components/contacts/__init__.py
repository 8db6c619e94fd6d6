"""Is it heard in a running call what the customer needs, and found?"""
