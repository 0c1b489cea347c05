"""What people see and say on Discord: messages, buttons, status lines, replies."""
