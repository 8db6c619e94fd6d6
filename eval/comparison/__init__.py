"""Two runs side by side: what became better or worse, case by case, and how sure that is."""
