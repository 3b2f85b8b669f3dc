"""The command line: parse, ask the desk, print. Heavy imports wait inside the commands that need them."""
