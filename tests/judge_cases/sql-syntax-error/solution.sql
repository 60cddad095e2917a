SELECT id,
  nam
FROM t
