"""A simple picture of the shop, walked at random and compared with the store after every step."""
