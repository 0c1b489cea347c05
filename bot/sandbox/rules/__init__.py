"""What may be done in the sandbox's Discord, and what follows from it."""
