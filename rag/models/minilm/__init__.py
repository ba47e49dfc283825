"""MiniLM on ONNX Runtime: its files, tokens, graph and vectors."""
