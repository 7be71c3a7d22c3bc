shared n = -1
thread a { sleep n } //! negative
