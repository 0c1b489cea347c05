"""TinyWorld's editor of pictures and its finder of regions: their data, their training, what they are worth."""
