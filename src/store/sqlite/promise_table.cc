#include "store/sqlite/promise_table.h"

#include "base/overloaded.h"
#include "store/sqlite/values.h"

namespace amer::store {

using State = callback::Promise::State;

PromiseTable::PromiseTable(soci::session& session)
    : make_{session,
            "insert into callback_promise (promise_id, reference, origin, number_e164, language, "
            "queue, made_in, made_us, due_from_us, due_until_us, next_try_us, calendar_version, "
            "tries_made, message_id, message_ms, state, overdue, as_of) "
            "values (:promise, :reference, :origin, :number, :language, :queue, :made_in, :made, "
            ":due_from, :due_until, :next_try, :calendar, :tries, :message, :message_ms, :state, "
            ":overdue, :as_of) "
            "on conflict (promise_id) do nothing"},
      number_{session,
              "update callback_promise set number_e164 = :number, as_of = :as_of "
              "where promise_id = :promise"},
      message_{session,
               "update callback_promise set message_id = :message, message_ms = :message_ms, "
               "as_of = :as_of where promise_id = :promise"},
      state_{session,
             "update callback_promise set state = :state, as_of = :as_of "
             "where promise_id = :promise"},
      fail_{session,
            "update callback_promise set state = 'waiting', "
            "next_try_us = coalesce(:next_try, next_try_us), tries_made = tries_made - :uncounted, "
            "as_of = :as_of where promise_id = :promise"},
      put_back_{session,
                "update callback_promise set next_try_us = :next_try, "
                "tries_made = tries_made - (case state when 'dialling' then 1 else 0 end), "
                "state = 'waiting', as_of = :as_of where promise_id = :promise"},
      dial_{session,
            "update callback_promise set state = 'dialling', tries_made = :attempt, "
            "as_of = :as_of where promise_id = :promise"},
      overdue_{session,
               "update callback_promise set overdue = 1, as_of = :as_of "
               "where promise_id = :promise"},
      redate_{session,
              "update callback_promise set due_from_us = :due_from, due_until_us = :due_until, "
              "next_try_us = :next_try, calendar_version = :calendar, as_of = :as_of "
              "where promise_id = :promise"},
      place_{session,
             "update callback_promise set queue = :queue, next_try_us = :next_try, as_of = :as_of "
             "where promise_id = :promise"},
      end_{session,
           "update callback_promise set state = :state, ended_us = :at, kept_in = :contact, "
           "why_ended = :why, withdrawn_by = :by, as_of = :as_of where promise_id = :promise"},
      attempt_{session,
               "insert into promise_attempt (promise_id, contact_id, attempt, agent, number_e164, "
               "started_us, as_of) "
               "values (:promise, :contact, :attempt, :agent, :number, :at, :as_of) "
               "on conflict (promise_id, contact_id, attempt) do nothing"},
      attempt_end_{session,
                   "update promise_attempt set outcome = :outcome, ended_us = :at, as_of = :as_of "
                   "where promise_id = :promise and contact_id = :contact and outcome is null"} {}

void PromiseTable::fold(const engine::Entry& entry) {
    const auto as_of = column(entry.sequence);
    const auto at = column(entry.at);
    const Overloaded change{
        [&](const centre::PromiseMade& made) { make(made.promise, as_of); },
        [&](const centre::PromiseNumberGiven& given) {
            number_.run(column(std::optional{given.number}), as_of, column(given.promise));
        },
        [&](const centre::MessageLeft& left) {
            message_.run(column_or_null(left.recording), column(left.length_ms), as_of,
                         column(left.promise));
        },
        [&](const centre::PromiseOffered& offered) {
            state_.run(column(State::offered), as_of, column(offered.promise));
        },
        [&](const centre::AttemptStarted& started) { start_attempt(started, entry); },
        [&](const centre::AttemptFailed& failed) {
            fail_.run(column(failed.next_try), column(!failed.counts), as_of,
                      column(failed.promise));
            attempt_end_.run(column(failed.outcome), at, as_of, column(failed.promise),
                             column(failed.contact));
        },
        [&](const centre::PromisePutBack& back) {
            put_back_.run(column(back.next_try), as_of, column(back.promise));
        },
        [&](const centre::PromiseKept& kept) {
            end_.run(column(State::kept), at, column(kept.contact), std::nullopt, std::nullopt,
                     as_of, column(kept.promise));
            attempt_end_.run(std::string{"answered"}, at, as_of, column(kept.promise),
                             column(kept.contact));
        },
        [&](const centre::PromiseBroken& broken) {
            end_.run(column(State::broken), at, std::nullopt, column(broken.reason), std::nullopt,
                     as_of, column(broken.promise));
        },
        [&](const centre::PromiseWithdrawn& withdrawn) {
            end_.run(column(State::withdrawn), at, std::nullopt,
                     column(std::string_view{withdrawn.reason}),
                     column(std::string_view{withdrawn.by}), as_of, column(withdrawn.promise));
        },
        [&](const centre::PromiseOverdue& overdue) {
            overdue_.run(as_of, column(overdue.promise));
        },
        [&](const centre::PromiseRedated& redated) {
            redate_.run(column(redated.due.from), column(redated.due.until),
                        column(redated.next_try), column(redated.calendar_version), as_of,
                        column(redated.promise));
        },
        [&](const centre::PromisePlaced& placed) {
            place_.run(column(placed.queue), column(placed.next_try), as_of,
                       column(placed.promise));
        },
        [](const auto&) {},
    };
    std::visit(change, entry.event);
}

void PromiseTable::make(const callback::Promise& promise, std::int64_t as_of) {
    make_.run(column(promise.id), column(std::string_view{promise.reference}),
              column(promise.origin), column(promise.number), column(promise.language),
              column(promise.queue), column(promise.made_in), column(promise.made_at),
              column(promise.due.from), column(promise.due.until), column(promise.next_try),
              column(promise.calendar_version), column(promise.tries_made),
              column_or_null(promise.message), column(promise.message_ms), column(promise.state),
              column(promise.is_overdue), as_of);
}

void PromiseTable::start_attempt(const centre::AttemptStarted& started,
                                 const engine::Entry& entry) {
    dial_.run(column(started.attempt), column(entry.sequence), column(started.promise));
    attempt_.run(column(started.promise), column(started.contact), column(started.attempt),
                 column(started.agent), started.number.e164(), column(entry.at),
                 column(entry.sequence));
}

}  // namespace amer::store
