"""The gallery's pages and the showcase, as people see them."""
