"""The gate: may a change be published? Rules in their order, one verdict, one plain sentence."""
