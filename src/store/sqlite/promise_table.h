#pragma once

#include "engine/journal.h"
#include "store/sqlite/statement.h"

namespace amer::store {

// Tables callback_promise and promise_attempt: what we owe, and each try to keep it.
class PromiseTable {
public:
    explicit PromiseTable(soci::session& session);

    void fold(const engine::Entry& entry);

private:
    void make(const callback::Promise& promise, std::int64_t as_of);
    void start_attempt(const centre::AttemptStarted& started, const engine::Entry& entry);

    Statement<Integer, Text, Text, Text, Text, Text, Integer, Integer, Integer, Integer, Integer,
              Integer, Integer, Integer, Integer, Text, Integer, Integer>
        make_;
    Statement<Text, Integer, Integer> number_;
    Statement<Integer, Integer, Integer, Integer> message_;
    Statement<Text, Integer, Integer> state_;
    Statement<Integer, Integer, Integer, Integer> fail_;
    Statement<Integer, Integer, Integer> put_back_;
    Statement<Integer, Integer, Integer> dial_;
    Statement<Integer, Integer> overdue_;
    Statement<Integer, Integer, Integer, Integer, Integer, Integer> redate_;
    Statement<Text, Integer, Integer, Integer> place_;
    Statement<Text, Integer, Integer, Text, Text, Integer, Integer> end_;
    Statement<Integer, Integer, Integer, Text, Text, Integer, Integer> attempt_;
    Statement<Text, Integer, Integer, Integer, Integer> attempt_end_;
};

}  // namespace amer::store
