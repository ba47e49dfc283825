"""Question → paragraphs, best first."""
