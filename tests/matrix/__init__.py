"""What the permission matrix is made of: people, rows, requests, states, and what is stored."""
