#!/bin/sh
# Run once, by PostgreSQL itself, on an empty data folder: the two logins of docs/adr/0003.
# The owner migrates; the application's login owns nothing and may become nothing else.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$(cat /run/secrets/database_owner_password)" \
    --set web_password="$(cat /run/secrets/database_password)" <<'SQL'
-- CREATEDB: a backup is proved by restoring it into a database of its own.
CREATE ROLE iop_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE iop_app NOLOGIN;
GRANT iop_app TO iop_owner;
CREATE ROLE iop_web LOGIN PASSWORD :'web_password' IN ROLE iop_app;
CREATE DATABASE iop OWNER iop_owner;
REVOKE ALL ON DATABASE iop FROM PUBLIC;
GRANT CONNECT ON DATABASE iop TO iop_web;
SQL
