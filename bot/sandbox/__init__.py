"""A local Discord: gateway, REST and files over real HTTP and WebSocket, on the loopback interface only.

It knows nothing of the bot it serves, and imports nothing from the rest of `bot`.
"""
