SELECT concat_ws(' ', (SELECT max(id) FROM t), current_user, current_database(),
                 (SELECT count(*) FROM pg_tables WHERE schemaname = 'data'), current_schema())
