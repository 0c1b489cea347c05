"""Reports of pictures to a server's moderators."""
