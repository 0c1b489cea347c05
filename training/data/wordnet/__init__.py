"""Which words may stand for which: a table made from WordNet 3.0, kept here so that nothing is downloaded.

`table.py` reads it; `build.py` makes it anew with NLTK (`python -m training data wordnet`). WordNet's
licence, which allows this, is in `LICENSE`.
"""
