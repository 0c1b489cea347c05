"""What operators see and schedule: checks before a start, health, status, backup, nightly work."""
