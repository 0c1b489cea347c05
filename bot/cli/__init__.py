"""The subcommands of `python -m bot`, one in each file; imported only when they are asked for."""
