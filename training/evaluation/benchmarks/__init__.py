"""Benchmarks of prompts: their files, and the rules of those that have rules of their own."""
