SELECT id / 0, name FROM t
