"""How a picture looks on Discord and what can be done to it there: its message, buttons, votes, deletion."""
