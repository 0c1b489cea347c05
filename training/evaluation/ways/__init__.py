"""Which way to change a picture does what was asked and keeps the rest: the ways side by side."""
