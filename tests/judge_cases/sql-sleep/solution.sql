SELECT 1, pg_sleep(60)
