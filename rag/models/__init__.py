"""What computes: the embedder seam and its models, and the language model."""
