SELECT a, 'x' FROM generate_series(1, 10000) a, generate_series(1, 10000) b
