"""Questions to the company: asked in a contact, answered by people on duty, every step kept."""
