"""The work on a turn as Discord shows it: status lines, then the posted picture or why there is none."""
