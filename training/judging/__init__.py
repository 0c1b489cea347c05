"""People judge pictures blind: two methods beside each other, a local page, a report."""
