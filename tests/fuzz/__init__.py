"""What nobody would send: every update, form and command, made up from what they may hold."""
