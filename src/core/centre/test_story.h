#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/centre/centre.h"
#include "core/centre/example_centre.h"
#include "core/centre/invariants.h"
#include "core/centre/queue_account.h"

namespace amer::centre::example {

// A centre that a test lives through: says commands, lets time pass, reads what happened. After
// every decision all invariants hold, and only ready agents were offered anything (I7).
class Story {
public:
    explicit Story(const std::string& begin, Configuration rules = configuration())
        : now{dubai(begin)} {
        tell(RecoverFromCrash{});
        tell(PublishConfiguration{std::move(rules)});
    }

    // Every agent's phone registers, in this order, a second apart.
    void log_in(const std::vector<std::string>& agents) {
        for (const std::string& agent : agents) {
            tell(RegisterPhone{AgentId{agent}});
            pass(std::chrono::seconds{1});
        }
    }

    // The events of this command; all of the story's are in `happened`.
    std::vector<Event> tell(const Command& command) {
        const Decision decision = decide(state, command, now);
        REQUIRE_MESSAGE(decision.has_value(), decision.error().text);
        live_through(*decision);
        return *decision;
    }

    Rejection refused(const Command& command) {
        const Decision decision = decide(state, command, now);
        REQUIRE_FALSE(decision.has_value());
        return decision.error();
    }

    // Time passes; every deadline on the way gets its Tick.
    void pass(Duration duration) { pass_until(now + duration); }
    void pass_until(const std::string& time) { pass_until(dubai(time)); }
    void pass_until(Instant until) {
        REQUIRE(until >= now);
        int ticks_at_once = 0;
        for (;;) {
            const std::optional<Instant> deadline = next_deadline(state);
            if (!deadline || *deadline > until) break;
            ticks_at_once = *deadline <= now ? ticks_at_once + 1 : 0;
            REQUIRE_MESSAGE(ticks_at_once < 1'000, "a deadline that no Tick moves");
            now = std::max(now, *deadline);
            const Decision decision = decide(state, Tick{}, now);
            REQUIRE(decision.has_value());
            live_through(*decision);
        }
        now = until;
    }

    // A caller of this number rings, and his ACK comes.
    ContactId call(const std::string& dialled, const std::string& from = "+971501234567") {
        const ContactId contact = ring(dialled, from);
        tell(CallerConnected{contact});
        return contact;
    }
    ContactId ring(const std::string& dialled, const std::string& from = "+971501234567") {
        OpenContact open;
        open.leg = LegId{++last_leg_};
        open.dialled = dialled;
        open.caller.raw = from;
        if (from.empty()) {
            open.caller.is_hidden = true;
        } else {
            open.caller.number = phone(from);
        }
        open.trunk = TrunkId{"operator"};
        tell(open);
        return ContactId{state.last.contact};
    }

    // What he hears ends.
    std::vector<Event> hear_out(ContactId contact) {
        return tell(FinishPrompt{contact, the(contact).playback});
    }
    // A moment later he presses a key.
    std::vector<Event> press(ContactId contact, const std::string& digit) {
        pass(std::chrono::milliseconds{200});
        return tell(PressDigit{contact, digit});
    }

    const contact::Contact& the(ContactId contact) const {
        const auto found = state.contacts.find(contact);
        REQUIRE_MESSAGE(found != state.contacts.end(), "the contact has ended");
        return found->second;
    }
    const agent::Agent& the(const std::string& agent) const {
        return state.agents.at(AgentId{agent});
    }
    const callback::Promise& the(PromiseId promise) const {
        const auto found = state.promises.find(promise);
        REQUIRE_MESSAGE(found != state.promises.end(), "the promise has ended");
        return found->second;
    }
    bool lives(ContactId contact) const { return state.contacts.contains(contact); }
    OfferId offer_to(const std::string& agent) const { return the(agent).offer; }
    agent::AgentState state_of(const std::string& agent) const { return the(agent).state; }

    // All events of one kind so far, and the last of them.
    template <typename Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const Event& event : happened) {
            if (const auto* one = std::get_if<Kind>(&event)) found.push_back(*one);
        }
        return found;
    }
    template <typename Kind>
    Kind last() const {
        const std::vector<Kind> found = all<Kind>();
        REQUIRE_FALSE(found.empty());
        return found.back();
    }
    ContactEnd end_of(ContactId contact) const {
        for (const ContactEnded& ended : all<ContactEnded>()) {
            if (ended.contact == contact) return ended.how;
        }
        REQUIRE_MESSAGE(false, "the contact lives");
        return ContactEnd::completed;
    }

    State state;
    Instant now;
    std::vector<Event> happened;
    std::vector<Instant> happened_at;
    QueueAccount account;

private:
    void live_through(const std::vector<Event>& events) {
        for (const Event& event : events) {
            if (const auto* made = std::get_if<OfferMade>(&event)) {
                const bool was_ready =
                    state.agents.at(made->agent).state == agent::AgentState::ready;
                CHECK_MESSAGE(was_ready, "only a ready agent is offered a contact");
            }
            apply(state, event, now);
            for (const std::string& sentence : account.take(event)) FAIL_CHECK(sentence);
            happened.push_back(event);
            happened_at.push_back(now);
        }
        for (const std::string& sentence : broken_invariants(state)) FAIL_CHECK(sentence);
    }

    std::uint64_t last_leg_ = 0;
};

// The ids of what is being said, in order.
inline std::vector<std::string> prompts_of(const PromptStarted& prompt) {
    std::vector<std::string> ids;
    for (const Saying& saying : prompt.sayings) ids.push_back(saying.prompt.value);
    return ids;
}

inline const SpokenValue* value_in(const PromptStarted& prompt, const std::string& placeholder) {
    for (const SpokenValue& value : prompt.sayings.back().values) {
        if (value.placeholder == placeholder) return &value;
    }
    return nullptr;
}

}  // namespace amer::centre::example
