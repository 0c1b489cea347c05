"""Words that are never painted: how disguises are undone, the rules, and the word lists by language."""
