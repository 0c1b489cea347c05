"""The sandbox's side of Discord's REST API."""
