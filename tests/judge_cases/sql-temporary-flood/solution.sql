SELECT n, repeat(n::text, 100) AS x FROM generate_series(1, 100000000) n ORDER BY x LIMIT 1
