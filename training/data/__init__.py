"""Examples, and which words an edit must carry."""
