"""What a prompt or its picture is worth."""
