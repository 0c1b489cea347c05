"""The sandbox's side of Discord's gateway (WebSocket)."""
