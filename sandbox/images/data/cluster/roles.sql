-- peek: what only the hidden suite knows. It sees all rows, whatever row security says. The role `student` is made with
-- its database: it is who a query runs as, and who a service connects as.
CREATE ROLE peek LOGIN CONNECTION LIMIT 5 BYPASSRLS IN ROLE pg_read_all_data;
ALTER ROLE peek SET default_transaction_read_only = on;
ALTER DATABASE blank OWNER TO admin;
REVOKE ALL ON DATABASE blank FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
