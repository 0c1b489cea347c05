"""Words for people: in which language, how a change of a prompt reads, and what an error is called."""
