-- The version of the event type that the body is written in (store/journal/upcast.h); journals from
-- before this column are of version 1.
alter table journal add column version smallint not null default 1;
