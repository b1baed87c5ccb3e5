-- Entries that left the journal for files of the data folder, archive/FIRST-LAST.entries: what each
-- file must be. Rows of the journal up to the highest last_sequence are being deleted and are not
-- read any more. Same file for SQLite and PostgreSQL.
create table archive_segment (
    first_sequence bigint not null primary key,
    last_sequence  bigint not null,
    from_us        bigint not null,  -- instants of the first and the last entry
    until_us       bigint not null,
    bytes          bigint not null,
    sha256         text   not null   -- of the whole file, which names that of the one before it
);
