#include "witness.h"

#include <fmt/format.h>

#include "base/overloaded.h"
#include "core/callback/numbers.h"
#include "core/centre/apply.h"
#include "core/centre/centre.h"
#include "core/centre/invariants.h"
#include "core/centre/several_queues.h"

namespace amer::sim {

namespace {

using namespace centre;

void expect(bool is_true, const std::string& sentence) {
    if (!is_true) throw DayFailed{sentence};
}

bool may_be_called_back(const State& state, const CallerIdentity& caller) {
    if (!caller.number || caller.is_hidden) return false;
    if (!callback::may_be_called(*caller.number)) return false;
    const auto& numbers = state.configuration.numbers;
    return std::none_of(numbers.begin(), numbers.end(),
                        [&](const DialledNumber& row) { return row.number == *caller.number; });
}

}  // namespace

void Witness::follow(const Disk& disk) {
    const auto& entries = disk.entries();
    while (read_ < entries.size()) {
        const std::uint64_t decision = entries[read_].decision;
        while (read_ < entries.size() && entries[read_].decision == decision) {
            take(entries[read_++]);
        }
        look_after_decision();
    }
}

void Witness::take(const engine::Entry& entry) {
    ++events_[std::visit([](const auto& event) { return event.kTypeName; }, entry.event)];
    before(entry.event, entry.at);
    apply(state_, entry.event, entry.at);
    for (const std::string& sentence : account_.take(entry.event)) throw DayFailed{sentence};
}

void Witness::before(const Event& event, Instant at) {
    std::visit(Overloaded{
                   [&](const OfferMade& made) { look_at_offer(made); },
                   [&](const ContactQueued& queued) { look_at_place(queued); },
                   [&](const ContactAlsoQueued& queued) { look_at_place(queued); },
                   [&](const QueueLeft& left) { ++books_[left.queue].left; },
                   [&](const ContactConnected&) { ++talks_; },
                   [&](const ContactEnded& ended) { look_at_end(ended, at); },
                   [&](const ContactOpened& opened) {
                       const bool is_out = opened.kind == ContactKind::callback;
                       expect(!is_out || calendar::is_open(state_.configuration.calendar, at),
                              "a call back begins only in official hours");
                   },
                   [&](const AttemptStarted& started) { look_at_attempt(started); },
                   [&](const PromiseMade& made) {
                       ++promises_made_;
                       owed_.insert(made.promise.id);
                   },
                   [&](const PromiseKept& kept) { owed_.erase(kept.promise); },
                   [&](const PromiseBroken& broken) { owed_.erase(broken.promise); },
                   [&](const PromiseWithdrawn& gone) { owed_.erase(gone.promise); },
                   [](const auto&) {},
               },
               event);
}

void Witness::look_at_offer(const OfferMade& made) const {  // I7
    const auto agent = state_.agents.find(made.agent);
    const bool is_ready =
        agent != state_.agents.end() && agent->second.state == agent::AgentState::ready;
    expect(is_ready && !agent->second.is_phone_in_use,
           "agent " + made.agent.value + " was offered a contact and was not ready");
}

void Witness::look_at_place(const ContactQueued& queued) {  // I6
    ++books_[queued.queue].entered;
    const auto [place, is_first] = first_place_.emplace(queued.contact, queued.since);
    expect(is_first || place->second == queued.since,
           fmt::format("contact {} keeps its first place", queued.contact.value));
}

void Witness::look_at_place(const ContactAlsoQueued& queued) {
    ++books_[queued.queue].entered;
    const auto place = first_place_.find(queued.contact);
    expect(
        place != first_place_.end() && place->second == queued.since,
        fmt::format("contact {} has the same place in each of its queues", queued.contact.value));
}

// Whoever rang outside the hours and never came to an agent is owed a call (R7).
void Witness::look_at_end(const ContactEnded& ended, Instant at) const {
    const auto found = state_.contacts.find(ended.contact);
    expect(found != state_.contacts.end(), "a contact ends once");
    const contact::Contact& contact = found->second;
    const bool was_served = ended.how == ContactEnd::completed;
    if (contact.is_callback || was_served || contact.talked_with) return;
    const calendar::Calendar& calendar = state_.configuration.calendar;
    if (calendar::is_open(calendar, contact.opened_at) || calendar::is_open(calendar, at)) return;
    if (!may_be_called_back(state_, contact.caller)) return;
    expect(
        static_cast<bool>(contact.promise),
        fmt::format("contact {} rang outside the hours and is owed a call", ended.contact.value));
}

void Witness::look_at_attempt(const AttemptStarted& started) {
    const bool is_new = dialled_.emplace(started.promise, started.contact).second;
    expect(is_new, fmt::format("attempt {} of promise {} is dialled once", started.attempt,
                               started.promise.value));
    const auto promise = state_.promises.find(started.promise);
    expect(promise != state_.promises.end(), "only what is owed is dialled");
    expect(!state_.contacts.contains(promise->second.made_in),
           "nobody is called back while he is on the line");
}

void Witness::look_after_decision() {
    ++decisions_;
    const auto broken = broken_invariants(state_);
    if (!broken.empty()) throw DayFailed{broken.front()};
    std::map<QueueId, std::uint64_t> waiting;
    for (const auto& [id, contact] : state_.contacts) {
        if (!contact.waits()) continue;
        for_each_queue(contact, [&](const QueueId& queue, std::int32_t) { ++waiting[queue]; });
    }
    for (const auto& [queue, books] : books_) {
        expect(books.entered == books.left + waiting[queue],
               "queue " + queue.value + ": who entered has left or waits");
    }
    expect(owed_.size() == state_.promises.size(), "a promise is open until it has an end");
}

void Witness::judge_end() const {
    expect(state_.contacts.empty(), "at the end of the day every contact has ended");
    expect(state_.offers.empty(), "at the end of the day no phone rings");
    expect(account_.waiting() == 0, "at the end of the day nobody waits");
    expect(state_.recordings.empty(), "every recording was finished or failed");
    for (const PromiseId promise : owed_) {
        expect(state_.promises.contains(promise),
               fmt::format("promise {} is open or has an end", promise.value));
    }
}

}  // namespace amer::sim
