"""From the checked tree to micro-ops: the text wing's last room."""
