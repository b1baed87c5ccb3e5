-- What a caller answered when his agent had hung up: "happiness=unhappy why=waiting". Questions and
-- answers are words of the flow, without blanks and '='.
alter table contact add column answers text;
