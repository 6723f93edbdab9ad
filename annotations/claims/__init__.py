"""Claims, their mentions and who said them."""
