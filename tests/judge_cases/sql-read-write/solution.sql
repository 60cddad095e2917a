SELECT 1, set_config('transaction_read_only', 'off', false)
