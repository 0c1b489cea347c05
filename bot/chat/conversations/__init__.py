"""How conversations begin and go on: plain messages, threads, first pictures, pictures that people bring."""
