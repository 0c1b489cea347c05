"""What every command and button goes through: acknowledging, checking the press, admitting, answering."""
