SELECT id::bigint, name::varchar FROM t ORDER BY id DESC
