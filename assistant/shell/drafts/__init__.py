"""Drafts on the rim: who checks what, for pages, programs and the command line."""
