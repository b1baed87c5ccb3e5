-- Read models. They hold nothing that the journal does not, refuse nothing (a row that cannot be
-- written would stop the journal with it), and are refilled when their rules change. Same file for
-- SQLite and PostgreSQL. as_of: sequence of the last journal entry folded into the row.
create table projection (
    rules bigint not null  -- which rules filled them: kProjectionRules
);
insert into projection (rules) values (0);

create table contact (
    contact_id    bigint   not null primary key,
    kind          text     not null,  -- inbound, callback
    dialled       text     not null,
    caller        text,               -- E.164; null: hidden or unknown
    caller_raw    text     not null,
    caller_name   text     not null,
    caller_hidden smallint not null,
    language      text     not null,
    trunk         text     not null,
    flow          text     not null,
    promise_id    bigint,             -- made for him, joined by him, or to be kept by this contact
    consent       smallint,           -- null: not asked
    opened_us     bigint   not null,
    queue         text,
    queued_us     bigint,
    agent         text,
    answered_us   bigint,             -- caller and agent heard each other
    ended_us      bigint,
    how           text,               -- null: lives
    waited_ms     bigint,             -- in the queue, until answered or ended
    talked_ms     bigint,
    recording_id  bigint,             -- of the whole contact
    as_of         bigint   not null
);
create index contact_opened on contact (opened_us);
create index contact_caller on contact (caller);

create table callback_promise (
    promise_id       bigint   not null primary key,
    reference        text     not null,
    origin           text     not null,
    number_e164      text,               -- null: hidden and not told
    language         text     not null,
    queue            text     not null,
    made_in          bigint   not null,  -- contact
    made_us          bigint   not null,
    due_from_us      bigint   not null,
    due_until_us     bigint   not null,
    next_try_us      bigint   not null,
    calendar_version bigint   not null,
    tries_made       bigint   not null,
    message_id       bigint,             -- recording
    message_ms       bigint   not null,
    state            text     not null,
    overdue          smallint not null,
    ended_us         bigint,
    kept_in          bigint,             -- contact
    why_ended        text,               -- of broken: tries_used_up, no_number; of withdrawn: the reason
    withdrawn_by     text,
    as_of            bigint   not null
);
create index callback_promise_open on callback_promise (due_from_us)
    where state in ('waiting', 'offered', 'dialling');
create index callback_promise_reference on callback_promise (reference);

create table promise_attempt (
    promise_id  bigint not null,
    contact_id  bigint not null,
    attempt     bigint not null,  -- from 1
    agent       text   not null,
    number_e164 text   not null,
    started_us  bigint not null,
    ended_us    bigint,
    outcome     text,             -- null: the phone rings; answered, no_answer, busy ...
    as_of       bigint not null,
    primary key (promise_id, contact_id, attempt)
);

create table recording (
    recording_id bigint not null primary key,
    contact_id   bigint not null,
    kind         text   not null,  -- contact, message
    state        text   not null,  -- recording, complete, failed
    started_us   bigint not null,
    finished_us  bigint,
    length_ms    bigint,
    bytes        bigint,
    sha256       text,
    as_of        bigint not null
);
create index recording_contact on recording (contact_id);

create table agent_state (
    agent      text   not null primary key,
    state      text   not null,
    reason     text   not null,
    since_us   bigint not null,
    until_us   bigint,
    contact_id bigint,
    as_of      bigint not null
);
