"""The picture model and everything about pictures: reading, safety, metadata, captions."""
