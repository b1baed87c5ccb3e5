#include "measure/resolution_book.h"

#include <algorithm>

#include "core/calendar/working_time.h"

namespace amer::measure {

void ResolutionBook::on(const centre::ContactOpened& event) {
    Contact& contact = contacts_[event.contact];
    contact.is_callback = event.kind == centre::ContactKind::callback;
    const bool is_known = event.caller.number && !event.caller.is_hidden;
    if (is_known) contact.caller.number = event.caller.number->e164();
}

void ResolutionBook::on(const centre::AttemptStarted& event) {
    contacts_[event.contact].caller.number = event.number.e164();
}

void ResolutionBook::on(const centre::ContactQueued& event, Instant at) {
    Contact& contact = contacts_[event.contact];
    if (contact.caller.topic.value.empty()) contact.caller.topic = event.queue;
    contact.queue = event.queue;
    contact.has_talked = false;
    if (contact.is_callback || contact.caller.number.empty()) return;
    calls_[Caller{contact.caller.number, event.queue}].push_back(at);
}

void ResolutionBook::on(const centre::ContactConnected& event) {
    contacts_[event.contact].has_talked = true;
}

void ResolutionBook::on(const centre::ContactTransferred& event, Instant at) {
    pass_on(event.contact, &Load::transferred, at);
}

void ResolutionBook::on(const centre::ContactHandedOver& event, Instant at) {
    pass_on(event.contact, &Load::handed_over, at);
}

void ResolutionBook::pass_on(ContactId id, std::int64_t Load::*how, Instant at) {
    Contact& contact = contacts_[id];
    contact.was_passed_on = true;
    const HalfHour now = ledger_.half_hour_of(at);
    for (const QueueId& queue : {contact.queue, QueueId{}}) {
        ledger_.figures(now, Account{queue, contact.is_callback}).load.*how += 1;
    }
}

void ResolutionBook::on(const centre::ContactEnded& event, Instant at) {
    const auto found = contacts_.find(event.contact);
    if (found == contacts_.end()) return;
    const Contact& contact = found->second;
    if (contact.has_talked && event.how != centre::ContactEnd::broken_by_crash) {
        resolutions_[ledger_.half_hour_of(at).day].push_back(
            {contact.caller, contact.is_callback, contact.was_passed_on, at});
    }
    contacts_.erase(found);
}

bool ResolutionBook::came_back(const Resolution& one, Instant until) const {
    const auto found = calls_.find(one.caller);
    if (found == calls_.end()) return false;
    const auto next = std::upper_bound(found->second.begin(), found->second.end(), one.ended);
    return next != found->second.end() && *next < until;
}

// One contact, in the one figure that it is; no `until`: the calendar does not reach so far.
FirstContacts ResolutionBook::judged(const Resolution& one, std::optional<Instant> until,
                                     Instant as_of) const {
    if (one.caller.number.empty()) return {.without_number = 1};
    if (!until || as_of < *until) return {.not_yet_known = 1};
    if (one.was_passed_on) return {.resolved = 1, .passed_on = 1};
    if (came_back(one, *until)) return {.resolved = 1, .came_back = 1};
    return {.resolved = 1, .first = 1};
}

std::map<Account, FirstContacts> ResolutionBook::first_contacts_in(const Span& span,
                                                                   Instant as_of) const {
    std::map<Account, FirstContacts> sums;
    const calendar::Calendar& calendar = ledger_.calendar();
    for (const auto& [day, resolutions] : resolutions_) {
        if (!span.contains(day)) continue;
        const auto until = calendar::end_of_working_day(
            calendar, calendar::instant_of(calendar, day, 0), kWorkingDaysOfResolution);
        for (const Resolution& one : resolutions) {
            const FirstContacts contact = judged(one, until, as_of);
            add(sums[Account{one.caller.topic, one.is_callback}], contact);
            add(sums[Account{QueueId{}, one.is_callback}], contact);
        }
    }
    return sums;
}

}  // namespace amer::measure
