"""The version of this program; the package takes it from here when it is built."""

VERSION = "0.1.0"
