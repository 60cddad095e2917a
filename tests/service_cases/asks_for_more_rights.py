# what: It tries what administers PostgreSQL and Redis.
# verdict: accepted
import os

import psycopg
import redis
from honest import found, serve

QUERIES = (
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/x'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SET ROLE admin",
    "SET ROLE peek",
    "GRANT peek TO student",
    "ALTER ROLE peek PASSWORD 'x'",
    "ALTER ROLE student SUPERUSER",
    "ALTER SYSTEM SET log_statement = 'all'",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_reload_conf()",
    "CREATE EXTENSION dblink",
    "LOAD 'auto_explain'",
    "SELECT lo_import('/etc/passwd')",
)
url = os.environ["DATABASE_URL"]
for query in QUERIES:
    try:
        with psycopg.connect(url) as line:
            line.execute(query)
        found.append(query)
    except psycopg.Error:
        pass
for role in ("admin", "peek", "postgres"):
    for password in ("", role, url.split(":")[2].split("@")[0]):
        try:
            psycopg.connect(f"postgresql://{role}:{password}@127.0.0.1:5432/app", connect_timeout=2).close()
            found.append(f"connected as {role}")
        except psycopg.Error:
            pass
COMMANDS = (
    "CONFIG GET *",
    "CONFIG SET dir /tmp",
    "ACL LIST",
    "ACL SETUSER default +@all",
    "MODULE LIST",
    "REPLICAOF 127.0.0.1 1",
    "DEBUG SLEEP 0",
    "SAVE",
    "BGREWRITEAOF",
    "MONITOR",
    "CLIENT LIST",
    "CLIENT PAUSE 1",
    "SLOWLOG GET",
    "LATENCY LATEST",
    "SHUTDOWN NOSAVE",
)
for command in COMMANDS:
    line = redis.Redis.from_url(os.environ["REDIS_URL"])
    try:
        line.execute_command(*command.split())
        found.append(command)
    except redis.RedisError:
        pass
    line.close()
serve()
