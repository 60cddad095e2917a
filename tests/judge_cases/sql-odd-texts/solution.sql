SELECT 1, E'\u2603 ''quoted'' \t NUL? ' || chr(7)
