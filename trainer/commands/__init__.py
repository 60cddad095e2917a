"""The subcommands of `trainer`, one module a noun or verb."""
