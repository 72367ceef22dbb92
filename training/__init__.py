"""How the light tagger is made: `make model`. Not part of the package."""
