"""A server's votes: from the database to pairs, adapters, the gate and the registry."""
