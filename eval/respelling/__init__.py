"""Questions as they arrive: mistyped, without accents, or as a recogniser writes them."""
