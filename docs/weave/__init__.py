"""How the pages of the documentation stay true: tables and outputs are made, never written."""
