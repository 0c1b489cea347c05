"""The durable queue: which job is next, and what is done for it."""
