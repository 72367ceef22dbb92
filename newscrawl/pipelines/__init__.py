"""Item pipelines: extract ► store. Thin; what they call is pure."""
