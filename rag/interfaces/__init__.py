"""The doors: Python, the command line, LlamaIndex."""
