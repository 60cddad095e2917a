SELECT a, b FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b ORDER BY a * b LIMIT 1
