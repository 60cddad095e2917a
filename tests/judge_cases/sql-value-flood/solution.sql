SELECT n, repeat('x', 1000000) FROM generate_series(1, 100) n
