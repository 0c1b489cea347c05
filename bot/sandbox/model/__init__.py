"""What the sandbox's Discord consists of: servers, channels, people, messages, permissions."""
