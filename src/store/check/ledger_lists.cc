#include "store/check/ledger_lists.h"

#include <iterator>

#include <fmt/format.h>

#include "base/canonical_json.h"
#include "base/overloaded.h"
#include "base/utc_text.h"
#include "store/sqlite/rows.h"
#include "store/sqlite/values.h"

namespace amer::store {

namespace {

constexpr std::size_t kMostTold = 20;

std::string text_at(Rows& rows, int number) { return std::string{rows.text(number)}; }

std::string instant_at(Rows& rows, int number) {
    return utc_text(Instant{Duration{rows.integer(number)}});
}

// "tries is 3, by the ledger 2"
template <typename Row>
std::string unlike(const Row& there, const Row& by_ledger) {
    std::string text;
    const auto compare = [&](const auto& field) {
        if (there.*field.member == by_ledger.*field.member) return;
        text += fmt::format("{}{} is {}, by the ledger {}", text.empty() ? "" : "; ", field.name,
                            to_json(there.*field.member), to_json(by_ledger.*field.member));
    };
    std::apply([&](const auto&... field) { (compare(field), ...); }, Row::fields());
    return text;
}

template <typename List, typename Name>
void compare(const List& there, const List& by_ledger, const Name& name,
             std::vector<std::string>& told) {
    for (const auto& [key, row] : by_ledger) {
        const auto found = there.find(key);
        if (found == there.end()) {
            told.push_back(name(key) + " is lacking");
        } else if (!(found->second == row)) {
            told.push_back(name(key) + " was altered: " + unlike(found->second, row));
        }
    }
    for (const auto& [key, row] : there) {
        if (!by_ledger.contains(key)) told.push_back(name(key) + " is not in the ledger");
    }
}

}  // namespace

void LedgerLists::redate(PromiseId promise, const Window& due) {
    Promise& row = promises_[column(promise)];
    row.due_from = utc_text(due.from);
    row.due_until = utc_text(due.until);
}

void LedgerLists::end_attempt(PromiseId promise, ContactId contact, std::string outcome) {
    const auto after = attempts_.upper_bound({column(promise), column(contact), INT64_MAX});
    if (after == attempts_.begin()) return;
    const auto last = std::prev(after);
    const auto& [its_promise, its_contact, attempt] = last->first;
    const bool is_its = its_promise == column(promise) && its_contact == column(contact);
    if (is_its && last->second.outcome.empty()) last->second.outcome = std::move(outcome);
}

// The agent hung up first: nothing was tried.
void LedgerLists::put_back(PromiseId promise) {
    if (dialling_.erase(promise) > 0) promises_[column(promise)].tries -= 1;
}

void LedgerLists::take(const centre::Event& event, Instant at) {
    const Overloaded telling{
        [&](const centre::PromiseMade& made) {
            redate(made.promise.id, made.promise.due);
            if (made.promise.number) {
                promises_[column(made.promise.id)].number = made.promise.number->e164();
            }
        },
        [&](const centre::PromiseNumberGiven& given) {
            promises_[column(given.promise)].number = given.number.e164();
        },
        [&](const centre::MessageLeft& left) {
            promises_[column(left.promise)].message = column(left.recording);
            promises_[column(left.promise)].message_ms = left.length_ms;
        },
        [&](const centre::PromiseRedated& redated) { redate(redated.promise, redated.due); },
        [&](const centre::AttemptStarted& started) {
            promises_[column(started.promise)].tries = started.attempt;
            dialling_.insert(started.promise);
            attempts_.emplace(
                AttemptKey{column(started.promise), column(started.contact), started.attempt},
                Attempt{started.agent.value, started.number.e164(), utc_text(at), ""});
        },
        [&](const centre::AttemptFailed& failed) {
            end_attempt(failed.promise, failed.contact, std::string{enum_name(failed.outcome)});
            dialling_.erase(failed.promise);
            if (!failed.counts) promises_[column(failed.promise)].tries -= 1;
        },
        [&](const centre::PromisePutBack& back) { put_back(back.promise); },
        [&](const centre::PromiseKept& kept) {
            promises_[column(kept.promise)].state = "kept";
            end_attempt(kept.promise, kept.contact, "answered");
        },
        [&](const centre::PromiseBroken& broken) {
            promises_[column(broken.promise)].state = "broken";
        },
        [&](const centre::PromiseWithdrawn& withdrawn) {
            promises_[column(withdrawn.promise)].state = "withdrawn";
        },
        [](const auto&) {},
    };
    std::visit(telling, event);
}

std::map<std::int64_t, LedgerLists::Promise> LedgerLists::promises_in(soci::session& session) {
    std::map<std::int64_t, Promise> found;
    Rows rows{session,
              "select promise_id, state, number_e164, due_from_us, due_until_us, tries_made, "
              "message_id, message_ms from callback_promise"};
    while (rows.next()) {
        const std::string state = text_at(rows, 1);
        const bool is_open = state == "waiting" || state == "offered" || state == "dialling";
        found[rows.integer(0)] = Promise{.state = is_open ? "open" : state,
                                         .number = text_at(rows, 2),
                                         .due_from = instant_at(rows, 3),
                                         .due_until = instant_at(rows, 4),
                                         .tries = rows.integer(5),
                                         .message = rows.integer(6),
                                         .message_ms = rows.integer(7)};
    }
    return found;
}

std::map<LedgerLists::AttemptKey, LedgerLists::Attempt> LedgerLists::attempts_in(
    soci::session& session) {
    std::map<AttemptKey, Attempt> found;
    Rows rows{session,
              "select promise_id, contact_id, attempt, agent, number_e164, started_us, outcome "
              "from promise_attempt"};
    while (rows.next()) {
        found[{rows.integer(0), rows.integer(1), rows.integer(2)}] =
            Attempt{.agent = text_at(rows, 3),
                    .number = text_at(rows, 4),
                    .started = instant_at(rows, 5),
                    .outcome = text_at(rows, 6)};
    }
    return found;
}

std::vector<std::string> LedgerLists::differences(soci::session& session) const {
    std::vector<std::string> told;
    compare(
        promises_in(session), promises_,
        [](std::int64_t id) { return fmt::format("promise {} in the list of promises", id); },
        told);
    compare(
        attempts_in(session), attempts_,
        [](const AttemptKey& key) {
            return fmt::format("attempt {} of promise {} in the list of attempts (contact {})",
                               std::get<2>(key), std::get<0>(key), std::get<1>(key));
        },
        told);
    if (told.size() > kMostTold) {
        const std::size_t more = told.size() - kMostTold;
        told.resize(kMostTold);
        told.push_back(fmt::format("and {} more rows of the two lists", more));
    }
    return told;
}

}  // namespace amer::store
