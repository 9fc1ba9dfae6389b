-- The two users of the database: one makes tables, and only the Job "migration" is that; the workers read and write rows.
-- Once, as the administrator of PostgreSQL, in the database that shall hold the tables. Give both a password afterwards: \password NAME
CREATE ROLE lesionstream_owner LOGIN;
CREATE ROLE lesionstream_worker LOGIN;
GRANT USAGE, CREATE ON SCHEMA public TO lesionstream_owner;
GRANT USAGE ON SCHEMA public TO lesionstream_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE lesionstream_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lesionstream_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE lesionstream_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO lesionstream_worker;
