"""Question → answer: decide, quote or write, cite, verify."""
