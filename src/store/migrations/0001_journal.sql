-- What happened, in order, without gaps: the only truth. `amer rebuild` refills every other table
-- from it. Same file for SQLite and PostgreSQL.
create table journal (
    sequence bigint not null primary key,
    decision bigint not null,  -- sequence of the first event of the decision
    at_us    bigint not null,  -- microseconds since 1970, UTC
    type     text   not null,
    body     text   not null   -- docs/api/events.md
);
