SELECT array_agg(id ORDER BY id) AS ids,
       timestamptz '2025-01-01 10:00:00+02' AS at,
       interval '1 day' AS long,
       jsonb '{"a": true, "b": [1]}' AS doc,
       date '2025-01-01' AS day,
       'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid AS u,
       'a'::bytea AS b
FROM t
