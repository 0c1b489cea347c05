"""A second source of what people type: wishes in English and German with the exact prompt they ask for."""
