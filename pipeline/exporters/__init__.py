"""Exporters: what a chain gave -> records -> bytes. Pure functions; where the bytes go is the caller's affair."""
