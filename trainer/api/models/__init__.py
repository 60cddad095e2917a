"""Shapes of what the API takes and gives. Each property says what it means: the description is made of them."""
