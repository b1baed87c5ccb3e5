#include "core/centre/laws_of_talks.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/calendar/calendar.h"

namespace amer::centre {

namespace {

using agent::Agent;
using agent::AgentState;
using contact::Contact;
using contact::Part;
using contact::Party;
using Stage = contact::Contact::Stage;

bool is_talked_on(const Contact* contact) {
    return contact != nullptr && contact->stage == Stage::connected;
}

// Whom the agent has called to the telephone to help him, and who is there.
const Party* helper_of(const Contact& contact) {
    const auto helps = [](const Party& party) {
        const bool is_asked = party.part == Part::consulted || party.part == Part::conferring;
        return party.is_here && is_asked;
    };
    const auto found = std::find_if(contact.parties.begin(), contact.parties.end(), helps);
    return found == contact.parties.end() ? nullptr : &*found;
}

bool talks_with_caller(const Contact& contact, const AgentId& agent) {
    const Party* party = contact.party(agent);
    return party != nullptr && party->is_here &&
           (party->part == Part::conferring || party->part == Part::barging);
}

bool has_talker(const Contact& contact) {
    return std::any_of(contact.parties.begin(), contact.parties.end(),
                       [&](const Party& party) { return talks_with_caller(contact, party.agent); });
}

class Judging {
public:
    Judging(const std::map<ContactId, Contact>& contacts, const std::map<AgentId, Agent>& agents,
            const Command& command, const std::vector<Event>& events, const State& after,
            Instant now)
        : contacts_{contacts},
          agents_{agents},
          command_{command},
          events_{events},
          after_{after},
          now_{now} {}

    std::vector<std::string> run() {
        for (const auto& [id, was] : contacts_) {
            const Contact* is = now_is(id);
            if (is_talked_on(&was) && is_talked_on(is)) look_at_talk(was, *is);
        }
        for (const Event& event : events_) {
            if (const auto* invited = std::get_if<PartyInvited>(&event)) look_at(*invited);
        }
        std::visit([&](const auto& asked) { look_at_answer(asked); }, command_);
        return std::move(broken_);
    }

private:
    void expect(bool is_true, std::string sentence) {
        if (!is_true) broken_.push_back(std::move(sentence));
    }
    static std::string named(ContactId id) { return fmt::format("contact {}", id.value); }

    const Contact* was(ContactId id) const {
        const auto found = contacts_.find(id);
        return found == contacts_.end() ? nullptr : &found->second;
    }
    const Contact* now_is(ContactId id) const {
        const auto found = after_.contacts.find(id);
        return found == after_.contacts.end() ? nullptr : &found->second;
    }
    const Agent* now_is(const AgentId& id) const {
        const auto found = after_.agents.find(id);
        return found == after_.agents.end() ? nullptr : &found->second;
    }

    // From one instant to the next somebody talks with the caller, and only who has talked.
    void look_at_talk(const Contact& was, const Contact& is) {
        const std::string which = named(was.id);
        if (is.agent != was.agent) {
            const Party* party = was.party(is.agent);
            expect(party != nullptr && party->is_here, which + " goes to one who was there");
            expect(is.party(is.agent) == nullptr, which + " has its agent once");
            expect(!is.recording_goes_on, which + " is recorded with its next agent");
        }
        for (const Party& party : is.parties) {
            const Party* before = was.party(party.invitation);
            const bool has_come = party.is_here && (before == nullptr || !before->is_here);
            const auto* accepted = std::get_if<AcceptOffer>(&command_);
            expect(!has_come || (accepted != nullptr && accepted->offer == party.invitation),
                   which + " is joined by one who took up his telephone");
        }
    }

    void look_at(const PartyInvited& invited) {
        const std::string who = "agent " + invited.agent.value;
        const auto found = agents_.find(invited.agent);
        if (found == agents_.end()) return expect(false, who + " is known when he is invited");
        const Agent& agent = found->second;
        const bool is_free =
            agent.state == AgentState::ready || agent.state == AgentState::not_ready;
        expect(is_free && !agent.is_phone_in_use, who + " can come when he is invited");
        expect(is_talked_on(was(invited.contact)), who + " is invited to a talk");
        expect(invited.ring_until > now_, who + "'s telephone rings for a while");
        const bool is_on_break = agent.state == AgentState::not_ready && !agent.until;
        const Agent* is = now_is(invited.agent);
        expect(!is_on_break ||
                   (is != nullptr && is->deferred && is->deferred->state == AgentState::not_ready &&
                    is->deferred->reason == agent.reason),
               who + " goes on with his break after he has helped");
    }

    template <typename Asked>
    void look_at_answer(const Asked&) {}

    void look_at_answer(const AgentLeft& left) {
        const Contact* contact = was(left.contact);
        if (!is_talked_on(contact)) return;
        if (contact->party(left.agent) != nullptr) return look_at_parting(*contact, left.agent);
        if (contact->agent != left.agent) return expect_nothing(left.contact);
        const Contact* is = now_is(left.contact);
        if (has_talker(*contact)) return look_at_next(*contact);
        if (contact->is_callback || !contact->is_caller_aside()) return;
        expect(is != nullptr && is->waits(), named(left.contact) + " is not left with music");
    }

    void look_at_answer(const LoseAgent& lost) {
        const Contact* contact = was(lost.contact);
        if (!is_talked_on(contact)) return;
        if (contact->party(lost.agent) != nullptr) return look_at_parting(*contact, lost.agent);
        if (contact->agent != lost.agent) return expect_nothing(lost.contact);
        if (has_talker(*contact)) return look_at_next(*contact);
        const Contact* is = now_is(lost.contact);  // acd.md 6.4, 12
        expect(contact->is_callback || (is != nullptr && is->waits()),
               named(lost.contact) + " waits again");
    }

    void look_at_answer(const DismissParty& dismissed) {
        const Contact* contact = was(dismissed.contact);
        if (contact == nullptr || contact->party(dismissed.agent) == nullptr) {
            return expect_nothing(dismissed.contact);
        }
        look_at_parting(*contact, dismissed.agent);
    }

    void look_at_answer(const ConferAll& asked) {
        const Party* helper = helper_or_nothing(asked.contact);
        if (helper == nullptr) return;
        const Contact* is = now_is(asked.contact);
        expect(is_talked_on(is) && talks_with_caller(*is, helper->agent),
               named(asked.contact) + " is talked on by all three");
    }

    void look_at_answer(const HandOver& asked) {
        const Party* helper = helper_or_nothing(asked.contact);
        if (helper == nullptr) return;
        const Contact* is = now_is(asked.contact);
        expect(is_talked_on(is) && is->agent == helper->agent,
               named(asked.contact) + " is handed to the colleague");
    }

    void look_at_answer(const ConsultAgent& asked) {
        if (events_.empty()) return;
        const Contact* is = now_is(asked.contact);
        const Party* party = is_talked_on(is) ? is->party(asked.agent) : nullptr;
        expect(party != nullptr && party->part == Part::consulted && !party->is_here,
               named(asked.contact) + " rings the colleague");
    }

    void look_at_answer(const Supervise& asked) {
        if (events_.empty()) return;
        const auto& rows = after_.configuration.agents;
        const bool may = std::any_of(rows.begin(), rows.end(), [&](const AgentRow& row) {
            return row.id == asked.agent && row.is_supervisor;
        });
        const Contact* is = now_is(asked.contact);
        const Party* party = is_talked_on(is) ? is->party(asked.agent) : nullptr;
        expect(may && party != nullptr && party->part == asked.part,
               named(asked.contact) + " has the supervisor, in the part he asked for");
    }

    void look_at_answer(const TransferContact& asked) {  // acd.md 6.4, 17 and 26
        if (events_.empty()) return;
        const std::string which = named(asked.contact);
        const Contact* contact = was(asked.contact);
        const Contact* is = now_is(asked.contact);
        if (!is_talked_on(contact) || is == nullptr) {
            return expect(false, which + " is transferred from a talk");
        }
        expect(calendar::is_open(
                   calendar_of(after_.directory, after_.configuration.calendar, asked.queue), now_),
               which + " is transferred while the centre is open");
        expect(is->waits() && is->queue == asked.queue, which + " waits where it was sent");
        expect(is->parties.empty() && !is->recording_goes_on, which + " leaves its talk whole");
        expect(is->queued_since == contact->queued_since, which + " keeps its place");
    }

    void look_at_answer(const PauseRecording& asked) {  // acd.md 6.4, 28
        if (events_.empty()) return;
        const Contact* is = now_is(asked.contact);
        const std::chrono::milliseconds longest{after_.configuration.recording.longest_pause_ms};
        const bool ends = is_talked_on(is) && is->recording_goes_on && is->deadline &&
                          *is->deadline <= now_ + longest;
        expect(ends, named(asked.contact) + " is not recorded for a short while only");
    }

    void look_at_answer(const ResumeRecording& asked) {
        const Contact* is = now_is(asked.contact);
        expect(is == nullptr || !is->recording_goes_on,
               named(asked.contact) + " is recorded again when that is asked");
    }

    void expect_nothing(ContactId id) {
        expect(events_.empty(), named(id) + " is not changed by what does not fit it");
    }

    // Nobody helps in a talk: nothing happens.
    const Party* helper_or_nothing(ContactId id) {
        const Contact* contact = was(id);
        const Party* helper = is_talked_on(contact) ? helper_of(*contact) : nullptr;
        if (helper == nullptr) expect_nothing(id);
        return helper;
    }

    // The others go on without him.
    void look_at_parting(const Contact& contact, const AgentId& who) {
        const Contact* is = now_is(contact.id);
        expect(is_talked_on(is) && is->agent == contact.agent && is->party(who) == nullptr &&
                   is->parties.size() + 1 == contact.parties.size(),
               named(contact.id) + " goes on without agent " + who.value);
    }

    // Who talks with the caller goes on talking with him; before a supervisor, who was asked.
    void look_at_next(const Contact& contact) {
        const Contact* is = now_is(contact.id);
        const bool goes_on = is_talked_on(is) && talks_with_caller(contact, is->agent);
        expect(goes_on, named(contact.id) + " goes on with one whom the caller hears");
        const Party* helper = helper_of(contact);
        const bool confers = helper != nullptr && helper->part == Part::conferring;
        expect(!goes_on || !confers || is->agent == helper->agent,
               named(contact.id) + " goes on with the colleague before a supervisor");
    }

    const std::map<ContactId, Contact>& contacts_;
    const std::map<AgentId, Agent>& agents_;
    const Command& command_;
    const std::vector<Event>& events_;
    const State& after_;
    Instant now_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_laws_of_talks(const std::map<ContactId, Contact>& contacts,
                                              const std::map<AgentId, Agent>& agents,
                                              const Command& command,
                                              const std::vector<Event>& events, const State& after,
                                              Instant now) {
    return Judging{contacts, agents, command, events, after, now}.run();
}

}  // namespace amer::centre
