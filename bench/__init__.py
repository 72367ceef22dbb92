"""Measurements: `make bench` prints every figure that README states. Never part of a test."""
