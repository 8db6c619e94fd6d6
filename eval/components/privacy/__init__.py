"""Is personal data found in what is typed and said?"""
