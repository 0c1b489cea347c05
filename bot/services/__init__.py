"""The use cases: asking for a turn, who may ask, what is kept about a person."""
