-- student: who a query runs as, and who a service connects as. peek: what only the hidden suite knows.
CREATE ROLE student LOGIN CONNECTION LIMIT 40;
CREATE ROLE peek LOGIN CONNECTION LIMIT 5 IN ROLE pg_read_all_data;
ALTER ROLE peek SET default_transaction_read_only = on;
ALTER DATABASE app OWNER TO admin;
REVOKE ALL ON DATABASE app FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE app TO student, peek;
