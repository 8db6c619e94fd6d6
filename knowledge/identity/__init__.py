"""Who somebody is and what they may: accounts, keys, sessions, roles; all decided in `access`."""
