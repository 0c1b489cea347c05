"""What Discord says and allows: its errors, who asks and where, permissions, events delivered twice."""
