#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <soci/soci.h>

#include "base/fields.h"
#include "core/centre/event.h"

// Included by .cc files of this room only: SOCI is slow to compile.
namespace amer::store {

// What the promise ledger says that the lists callback_promise and promise_attempt must say. It is
// told here in its own words, not by the folds that fill the lists.
class LedgerLists {
public:
    void take(const centre::Event& event, Instant at);
    // What the lists say otherwise, a sentence each; at most so many as are worth reading.
    std::vector<std::string> differences(soci::session& session) const;

private:
    struct Promise {
        std::string state = "open";  // or how it ended: kept, broken, withdrawn
        std::string number;          // "": none
        std::string due_from, due_until;
        std::int64_t tries = 0;
        std::int64_t message = 0;  // recording; 0: none
        std::int64_t message_ms = 0;

        AMER_FIELDS(Promise, state, number, due_from, due_until, tries, message, message_ms)
    };
    struct Attempt {
        std::string agent, number, started;
        std::string outcome;  // "": none yet

        AMER_FIELDS(Attempt, agent, number, started, outcome)
    };
    using AttemptKey = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // as in the list

    void redate(PromiseId promise, const Window& due);
    void end_attempt(PromiseId promise, ContactId contact, std::string outcome);
    void put_back(PromiseId promise);
    static std::map<std::int64_t, Promise> promises_in(soci::session& session);
    static std::map<AttemptKey, Attempt> attempts_in(soci::session& session);

    std::map<std::int64_t, Promise> promises_;
    std::map<AttemptKey, Attempt> attempts_;
    std::set<PromiseId> dialling_;
};

}  // namespace amer::store
