"""Contacts drawn and reviewed with a scorecard: over REST, on the pages and as commands."""
