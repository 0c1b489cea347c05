"""Rules without Discord, database or models: the tree of turns, limits, options, retention."""
