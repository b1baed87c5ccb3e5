#include "core/centre/invariants.h"

#include <fmt/format.h>

#include "core/centre/several_queues.h"
#include "core/centre/world.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

class Looking {
public:
    explicit Looking(const State& state) : state_{state} {}

    std::vector<std::string> run() {
        for (const auto& [id, agent] : state_.agents) look_at(agent);
        for (const auto& [id, offer] : state_.offers) look_at(offer);
        for (const auto& [id, contact] : state_.contacts) look_at(contact);
        for (const auto& [id, promise] : state_.promises) look_at(promise);
        for (const RetiredFlow& retired : state_.retired_flows) look_at(retired);
        look_for_idle_hands();
        State rebuilt = state_;
        rebuild_indexes(rebuilt);
        expect(rebuilt.directory == state_.directory, "the directory is that of the rows");
        expect(rebuilt.indexes == state_.indexes, "the indexes are those of the state");
        return std::move(broken_);
    }

private:
    void expect(bool is_true, std::string sentence) {
        if (!is_true) broken_.push_back(std::move(sentence));
    }

    bool has_deadline(Deadline::Kind kind, Instant at, std::uint64_t number,
                      const std::string& name) const {
        return state_.indexes.deadlines.contains(Deadline{at, kind, number, name});
    }

    void look_at(const agent::Agent& agent) {  // I1, I5
        const std::string who = "agent " + agent.id.value;
        const auto offer = state_.offers.find(agent.offer);
        const bool holds_offer = offer != state_.offers.end() && offer->second.agent == agent.id;
        expect(agent::is_rung(agent.state) == holds_offer,
               who + " is reserved or rung exactly when an offer is out to him");
        const auto contact = state_.contacts.find(agent.contact);
        const bool talks = contact != state_.contacts.end() &&
                           (contact->second.agent == agent.id || is_here(contact->second, agent));
        if (agent.state == AgentState::talking) {
            expect(talks, who + " talks with a contact that is alive and is his");
        }
        if (agent.state == AgentState::wrap_up) {
            expect(agent.until.has_value(), who + "'s wrap-up has an end");
        }
        if (agent.until) {
            expect(has_deadline(Deadline::Kind::agent, *agent.until, 0, agent.id.value),
                   who + "'s state has a live timer");
        }
        expect(!agent.deferred || agent::is_busy(agent.state),
               who + " has something put off only while he is busy");
    }

    static bool holds(const Contact& contact, OfferId offer) {
        return std::count(contact.offers.begin(), contact.offers.end(), offer) == 1;
    }

    static bool is_here(const Contact& contact, const agent::Agent& agent) {
        const contact::Party* party = contact.party(agent.id);
        return party != nullptr && party->is_here;
    }

    static bool is_invited(const Contact& contact, OfferId offer) {
        const contact::Party* party = contact.party(offer);
        return party != nullptr && !party->is_here;
    }

    void look_at(const Contact& contact, const contact::Party& party) {  // I1
        const std::string which =
            fmt::format("party {} of contact {}", party.agent.value, contact.id.value);
        expect(contact.stage == Stage::connected, which + " is on a contact that is talked on");
        expect(party.agent != contact.agent, which + " is not its agent too");
        const auto agent = state_.agents.find(party.agent);
        const bool is_his = agent != state_.agents.end() && agent->second.contact == contact.id;
        expect(is_his, which + " is busy with it");
        if (!is_his) return;
        const AgentState state = agent->second.state;
        expect(party.is_here ? state == AgentState::talking : agent::is_rung(state),
               which + " talks when he is there, and is rung before");
    }

    void look_at(const queue::Offer& offer) {  // I2, I5
        const std::string which = fmt::format("offer {}", offer.id.value);
        const auto contact = state_.contacts.find(offer.contact);
        const bool is_held_out = contact != state_.contacts.end() &&
                                 holds(contact->second, offer.id) &&
                                 contact->second.stage == Stage::offered;
        const bool invites =
            contact != state_.contacts.end() && is_invited(contact->second, offer.id);
        expect(is_held_out != invites, which + " is an offer of a living contact");
        const auto agent = state_.agents.find(offer.agent);
        expect(agent != state_.agents.end() && agent->second.offer == offer.id,
               which + " is out to an agent who has it");
        expect(has_deadline(Deadline::Kind::offer, offer.ring_until, offer.id.value, ""),
               which + " has a live timer");
    }

    void look_at(const Contact& contact) {
        const std::string which = fmt::format("contact {}", contact.id.value);
        const bool has_agent =
            contact.stage == Stage::briefing || contact.stage == Stage::dialling ||
            contact.stage == Stage::greeting || contact.stage == Stage::connected;
        if (contact.is_dialled_ahead()) {
            expect(!contact.queue.value.empty(), which + " has a queue to wait in");
            expect(contact.parties.empty(), which + " has nobody on it but the citizen");
        } else if (has_agent) {
            const auto agent = state_.agents.find(contact.agent);
            const bool is_his = agent != state_.agents.end() &&
                                agent->second.state == AgentState::talking &&
                                agent->second.contact == contact.id;
            expect(is_his, which + " has an agent who talks");
        }
        expect((contact.stage == Stage::offered) == !contact.offers.empty(),
               which + " is offered exactly when there is an offer");
        for (const OfferId offer : contact.offers) {
            expect(state_.offers.contains(offer), which + " holds offers that live");
        }
        std::set<QueueId> queues;
        std::size_t number = 0;
        for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
            queues.insert(queue);
            ++number;
        });
        expect(queues.size() == number, which + " stands in each of its queues once");
        expect(contact.waits() || contact.also.empty(), which + " has left its further queues");
        const bool ends_by_itself =
            contact.stage == Stage::arriving || contact.stage == Stage::in_flow ||
            contact.stage == Stage::briefing || contact.stage == Stage::dialling ||
            contact.stage == Stage::greeting ||
            (contact.stage == Stage::queued && contact.is_callback);
        if (ends_by_itself) {
            expect(contact.deadline.has_value(), which + " cannot hang for ever");
        }
        if (contact.deadline) {
            expect(has_deadline(Deadline::Kind::contact, *contact.deadline, contact.id.value, ""),
                   which + " has a live timer");
        }
        for (const contact::Party& party : contact.parties) look_at(contact, party);
        if (contact.recording_goes_on) {  // acd.md 6.4, 28
            expect(contact.stage == Stage::connected && contact.deadline.has_value(),
                   which + " is recorded again, however long it is talked on");
        }
        const bool is_outbound_stage = contact.stage == Stage::briefing ||
                                       contact.stage == Stage::dialling ||
                                       contact.stage == Stage::greeting;
        expect(contact.is_callback || !is_outbound_stage, which + " came in, it is not dialled");
        expect(contact.is_callback || !contact.has_citizen, which + " came in: he rang himself");
        if (contact.stage == Stage::in_flow) {
            const bool has_step =
                World{state_, Instant{}}.step_of(contact, contact.step) != nullptr;
            expect(has_step, which + " is in a step of the flow it began with");
        }
    }

    void look_at(const Promise& promise) {  // it has a way forward
        const std::string which = fmt::format("promise {}", promise.id.value);
        expect(promise.is_open(), which + " is open as long as it is owed");
        expect(promise.next_try >= promise.due.from || promise.tries_made > 0,
               which + " is not tried before it is due");
        const auto callback = state_.indexes.callbacks.find(promise.id);
        const bool is_under_way = callback != state_.indexes.callbacks.end() &&
                                  state_.contacts.contains(callback->second);
        if (promise.state != Promise::State::waiting) {
            expect(is_under_way, which + " has a living call back");
            return;
        }
        expect(!is_under_way, which + " waits, so no call back is under way");
        const auto holder = state_.indexes.holders.lower_bound({promise.id, ContactId{}});
        const bool is_held = holder != state_.indexes.holders.end() && holder->first == promise.id;
        bool is_in_line = false;
        for (const auto& spot : state_.indexes.promises_due) {
            is_in_line = is_in_line || std::get<PromiseId>(spot) == promise.id;
        }
        expect(is_held != is_in_line,
               which + " is either held by its living contact or in line to be called");
    }

    void look_at(const RetiredFlow& retired) {
        bool is_in_use = false;
        for (const auto& [id, contact] : state_.contacts) {
            const bool is_of_then = retired.since <= contact.configuration_version &&
                                    contact.configuration_version < retired.until;
            is_in_use = is_in_use || (is_of_then && !contact.is_callback);
        }
        expect(is_in_use, "flow " + retired.flow.id.value + " was replaced and somebody is in it");
    }

    void look_for_idle_hands() {  // I8
        std::vector<const AgentRow*> ready;
        for (const AgentRow& row : state_.configuration.agents) {
            const auto found = state_.agents.find(row.id);
            const bool is_ready = found != state_.agents.end() &&
                                  found->second.state == AgentState::ready &&
                                  !found->second.is_phone_in_use;
            if (is_ready) ready.push_back(&row);
        }
        for (const auto& [id, contact] : state_.contacts) {
            if (contact.stage != Stage::queued && !contact.rings_on) continue;
            for (const AgentRow* row : ready) {
                const bool is_held_back = contact.held_until && contact.held_for != row->id;
                if (is_held_back) continue;
                expect(!may_serve(state_, *row, contact),
                       "agent " + row->id.value + " is idle while one waits for him");
            }
        }
    }

    const State& state_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_invariants(const State& state) { return Looking{state}.run(); }

namespace {

bool may_serve_in(const State& state, const AgentRow& agent, const QueueId& id,
                  std::int32_t at_step) {
    const auto queue = state.directory.queues.find(id);
    if (queue == state.directory.queues.end()) return false;
    const auto& steps = state.configuration.queues[queue->second.row].steps;
    for (const Membership& membership : agent.queues) {
        if (membership.queue != id) continue;
        if (steps.empty()) return true;
        const queue::Step& step = steps.at(static_cast<std::size_t>(at_step));
        if (step.highest_tier != 0 && membership.tier > step.highest_tier) return false;
        return queue::meets(agent.skills, step.needs);
    }
    return false;
}

}  // namespace

bool may_serve(const State& state, const AgentRow& agent, const Contact& contact) {
    const auto& languages = agent.languages;
    const bool speaks =
        std::find(languages.begin(), languages.end(), contact.language) != languages.end();
    if (!speaks) return false;
    std::int32_t number = 0;
    bool may = false;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t at_step) {
        // While phones ring for it, only the queue they ring in may let one more ring.
        const bool is_open = contact.stage == Stage::queued || number == contact.rings_in;
        may = may || (is_open && may_serve_in(state, agent, queue, at_step));
        ++number;
    });
    return may;
}

}  // namespace amer::centre
