"""Figures that anyone can run again: `python -m tests.benchmarks [NAME ...]`, each against a named baseline.

Nothing here is a test: seconds differ from machine to machine, so the ratios are what to compare.
"""
