"""English rules for whether a text supports a statement."""
