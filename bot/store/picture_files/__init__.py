"""Where the files of pictures are: a folder of this machine, or shared storage such as an S3 bucket."""
