"""One run or check, every view: a file per output."""
