# Makes the cluster that every data box begins with a copy of: one database, two roles, nothing that needs a disk.
set -eu
bin=/usr/lib/postgresql/15/bin
cluster=/srv/cluster

as_admin() { psql --quiet --no-psqlrc --host /tmp --username admin --set ON_ERROR_STOP=1 "$@"; }

"$bin/initdb" --pgdata "$cluster" --username admin --auth-local trust --auth-host scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 --wal-segsize 1 --no-instructions >/tmp/initdb.log
cat /cluster/postgresql.conf >>"$cluster/postgresql.conf"
"$bin/pg_ctl" --pgdata "$cluster" --wait --log /tmp/postgresql.log --options "-c unix_socket_directories=/tmp" start

# One database is enough, and each costs every box 7 MiB: template1 becomes it,
# blank, of which a box makes a copy for each data set.
as_admin --dbname postgres --command "ALTER DATABASE template1 WITH IS_TEMPLATE false" \
    --command "ALTER DATABASE template1 RENAME TO blank" --command "ALTER DATABASE template0 WITH IS_TEMPLATE false" \
    --command "DROP DATABASE template0"
as_admin --dbname blank --command "DROP DATABASE postgres" --file /cluster/roles.sql
"$bin/pg_ctl" --pgdata "$cluster" --wait --mode fast stop
rm -f /tmp/initdb.log /tmp/postgresql.log
