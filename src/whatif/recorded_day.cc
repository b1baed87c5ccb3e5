#include "whatif/recorded_day.h"

#include "core/calendar/set_closure.h"

namespace amer::whatif {

namespace {

using agent::AgentState;
using What = Attendance::What;

// Reasons that the core itself gives: he is at work, an offer came to nothing.
bool is_own_pause(const std::string& reason) {
    return reason != agent::kNoAnswer && reason != agent::kDeclined &&
           reason != agent::kUnreachable;
}

What attendance_in(AgentState state, const std::string& reason) {
    if (state == AgentState::logged_out) return What::leaves;
    if (state == AgentState::not_ready && is_own_pause(reason)) return What::pauses;
    return What::comes;
}

}  // namespace

void DayReader::take(const centre::Event& event, Instant at) {
    at_ = at;
    std::visit([&](const auto& one) { on(one); }, event);
}

bool DayReader::is_today() const {
    return calendar::local_time(recorded_.rules.calendar, at_).day == recorded_.day;
}

Arrival* DayReader::arrival_of(ContactId contact) {
    const auto found = contacts_.find(contact);
    if (found == contacts_.end() || !found->second.arrival) return nullptr;
    return &recorded_.arrivals[*found->second.arrival];
}

void DayReader::on(const centre::ConfigurationPublished& event) {
    if (recorded_.arrivals.empty()) {
        recorded_.rules = event.configuration;
    } else if (is_today()) {
        ++recorded_.rule_changes;
    }
}

// The day that is run again closes when this one did.
void DayReader::on(const centre::ClosureSet& event) {
    calendar::set_closure(recorded_.rules.calendar.closures, event.closure);
}

void DayReader::on(const centre::ContactOpened& event) {
    if (event.kind != centre::ContactKind::inbound) return;
    Living living;
    living.language = event.language;
    if (!event.caller.is_hidden) living.number = event.caller.number;
    contacts_.emplace(event.contact, living);
}

void DayReader::on(const centre::LanguageChosen& event) {
    const auto found = contacts_.find(event.contact);
    if (found != contacts_.end()) found->second.language = event.language;
}

void DayReader::on(const centre::ContactQueued& event) {
    const auto found = contacts_.find(event.contact);
    if (found == contacts_.end()) return;
    Living& living = found->second;
    living.queue = event.queue;
    if (living.arrival || !is_today()) return;  // goes on to another queue, or is of another day
    living.arrival = recorded_.arrivals.size();
    living.is_waiting = true;
    Arrival arrival;
    arrival.at = at_;
    arrival.queue = event.queue;
    arrival.language = living.language;
    arrival.priority = event.priority;
    arrival.is_emergency = event.is_emergency;
    arrival.number = living.number;
    recorded_.arrivals.push_back(arrival);
}

void DayReader::on(const centre::ContactAlsoQueued& event) {
    Arrival* const arrival = arrival_of(event.contact);
    if (arrival != nullptr && arrival->at == at_) arrival->also.push_back(event.queue);
}

void DayReader::on(const centre::QueueLeft& event) {
    Arrival* const arrival = arrival_of(event.contact);
    if (arrival == nullptr || !contacts_.at(event.contact).is_waiting) return;
    if (event.queue != contacts_.at(event.contact).queue) return;  // the first is left last
    if (event.how == centre::QueueExit::transfer) return;          // his wait goes on
    contacts_.at(event.contact).is_waiting = false;
    arrival->waited = at_ - arrival->at;
    arrival->has_given_up = event.how == centre::QueueExit::abandoned;
}

void DayReader::on(const centre::OfferMade& event) { offers_.emplace(event.offer, at_); }

void DayReader::on(const centre::OfferAccepted& event) {
    const auto made = offers_.find(event.offer);
    if (made == offers_.end()) return;
    if (is_today()) recorded_.answers.push_back(at_ - made->second);
    offers_.erase(made);
}

void DayReader::on(const centre::ContactConnected& event) {
    const auto found = contacts_.find(event.contact);
    if (found == contacts_.end()) return;
    found->second.connected = at_;
    agents_[event.agent].arrival = found->second.arrival;
}

// Who is sent on to another agent talks twice; a rerun lets him talk as long in one.
void DayReader::end_talk(ContactId contact) {
    Arrival* const arrival = arrival_of(contact);
    if (arrival == nullptr) return;
    Instant& connected = contacts_.at(contact).connected;
    if (connected == Instant{}) return;
    arrival->talk = arrival->talk.value_or(Duration{0}) + (at_ - connected);
    connected = Instant{};
}

void DayReader::on(const centre::ContactTransferred& event) { end_talk(event.contact); }

void DayReader::on(const centre::ContactReturned& event) { end_talk(event.contact); }

void DayReader::on(const centre::ContactHandedOver& event) {
    const auto found = contacts_.find(event.contact);
    if (found != contacts_.end()) agents_[event.to].arrival = found->second.arrival;
}

void DayReader::on(const centre::TalkEnded& event) { end_talk(event.contact); }

void DayReader::on(const centre::ContactEnded& event) {
    end_talk(event.contact);
    contacts_.erase(event.contact);
}

void DayReader::on(const centre::AgentStateChanged& event) {
    Work& work = agents_[event.agent];
    const bool ends_wrap_up =
        work.state == AgentState::wrap_up && event.state != AgentState::wrap_up;
    if (ends_wrap_up && work.arrival) {
        recorded_.arrivals[*work.arrival].wrap_up = at_ - work.since;
    }
    if (!agent::is_busy(event.state)) work.arrival.reset();
    if (work.state != event.state) work.since = at_;
    work.state = event.state;
    const What now = attendance_in(event.state, event.reason);
    // A day begins with everybody as the night left them.
    auto& all = recorded_.attendance;
    if (!is_today()) {
        std::erase_if(all, [&](const Attendance& each) { return each.agent == event.agent; });
        if (now == What::leaves) return;
    }
    for (auto last = all.rbegin(); last != all.rend(); ++last) {
        if (last->agent != event.agent) continue;
        if (last->what == now) return;
        break;
    }
    all.push_back({at_, event.agent, now});
}

}  // namespace amer::whatif
