"""TinyWorld's editor of pictures and its finder of regions: their data, training and export."""
