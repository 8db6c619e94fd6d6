"""Customers over REST, for whoever may see them and as far as they may."""
