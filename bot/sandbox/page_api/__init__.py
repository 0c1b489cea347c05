"""What the sandbox's web page asks for and is told."""
