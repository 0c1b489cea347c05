"""The language model: prompt template, adapters, sampling, reading of its answers."""
