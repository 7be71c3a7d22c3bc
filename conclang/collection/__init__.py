"""The collection of examples: where it is, and what each file says about itself."""
