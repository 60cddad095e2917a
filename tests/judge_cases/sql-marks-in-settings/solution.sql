DO $$
BEGIN
  IF coalesce(current_setting('application_name', true), '') <> '' THEN
    RAISE EXCEPTION 'a mark of another data set' USING ERRCODE = '42000';
  END IF;
  COMMIT;
  PERFORM set_config('default_transaction_read_only', 'off', false);
  COMMIT;
  EXECUTE format('ALTER ROLE %I SET application_name = %L', current_user, 'here');
  COMMIT;
END $$
