"""ModelError: what can go wrong between asking for the model and having it."""


class ModelError(RuntimeError):
    """The model cannot be had, exported or read; the message names the fault and the mend."""
