#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/centre/event.h"
#include "engine/engine.h"
#include "media/plane.h"
#include "sip/user_agent.h"
#include "telephony/call_leg.h"
#include "telephony/command_post.h"
#include "telephony/desk_calls.h"
#include "telephony/prompt_library.h"
#include "telephony/recording_shelf.h"

namespace amer::telephony {

// What a flood may cost.
struct CallLimits {
    std::size_t calls = 2'000;  // inbound contacts at once
    std::size_t new_calls_per_second = 200;
    // Callers who are told at once that they cannot be served now (see Switchboard); others, and
    // with 0 all, are refused with 503.
    std::size_t apologies = 0;
};

// What the switchboard is given by its owner; everything is used on the signalling thread only.
struct Wiring {
    media::Plane& media;
    PromptLibrary& prompts;
    RecordingShelf shelf;
    CommandPost& commands;
    std::function<MonotonicInstant()> now;
    std::string media_address;    // where our legs' sockets are bound, and what SDP says
    std::string domain;           // host part of the addresses we show
    std::uint64_t first_leg = 1;  // leg numbers rise from here; differs between runs of the process
    CallLimits limits = {};
    std::vector<DeskCode> desk_codes = {};
};

// Joins wire, media and core: what happens on the wire becomes commands; what the core decided
// becomes calls, ringing phones, prompts, bridges and recordings. Holds no rule: who is rung, how
// long, and what is said is decided in core. One contact has the caller's leg (or that of the
// citizen we call back), one agent's, and those of parties beside him. Only a call that the core
// cannot take, because nothing can be written down, is turned away here: refused, or told so and
// hung up on.
// Closing: a contact's end hangs up all legs and closes their media and recordings; see
// docs/closing.md. Signalling thread only.
class Switchboard : public sip::Listener {
public:
    explicit Switchboard(Wiring wiring);
    ~Switchboard() override;

    // The user agent calls us and we call it; it is made after us.
    void use(sip::UserAgent& user_agent) {
        sip_ = &user_agent;
        desk_calls_.use(user_agent);
    }
    // Before the first call; later ones come as events.
    void use_configuration(const centre::Configuration& configuration) {
        configuration_ = configuration;
    }
    // From now on every INVITE is answered 503.
    void take_no_new_calls();

    // Durable events in order, from the engine.
    void on_entries(const std::vector<engine::Entry>& entries);
    // Facts from the media threads.
    void on_fact(const media::Fact& fact);

    // --- sip::Listener ---
    void on_incoming(const sip::IncomingCall& incoming) override;
    void on_ringing(sip::CallId call, int status, std::string_view sdp) override;
    void on_answered(sip::CallId call, std::string_view sdp) override;
    void on_confirmed(sip::CallId call, std::string_view sdp) override;
    void on_refused(sip::CallId call, int status, std::string_view reason) override;
    void on_offer(sip::CallId call, std::string_view sdp) override;
    void on_digit(sip::CallId call, char digit) override;
    void on_ended(sip::CallId call, sip::EndCause cause) override;
    void on_registered(const std::string& user) override;
    void on_unregistered(const std::string& user) override;

    std::size_t contacts() const { return contacts_.size(); }
    // Calls refused or told to come later because nothing could be written down.
    std::uint64_t turned_away() const { return turned_away_; }

private:
    enum class Side : std::uint8_t { caller, agent };

    using Leg = CallLeg;

    struct Rung {  // an agent to whom the contact is offered
        AgentId agent;
        Leg leg;
    };

    struct Party {  // one more beside the agent
        AgentId agent;
        contact::Part part = contact::Part::consulted;
        bool is_here = false;
        Leg leg;
    };

    struct Contact {
        ContactId id;
        std::uint64_t together = 0;  // media group: both legs on one media thread
        CallerIdentity caller;
        Leg caller_leg;
        Leg agent_leg;
        AgentId agent;                 // of agent_leg
        std::map<OfferId, Rung> rung;  // until one of them has it
        std::map<OfferId, Party> parties;
        RecordingId recording;
        RecordingId message;
        std::int64_t message_longest_ms = 0;
        std::int64_t message_silence_ms = 0;
        bool is_connected = false;

        Leg& leg(Side side) { return side == Side::caller ? caller_leg : agent_leg; }
        bool is_caller_aside() const;
    };

    // An INVITE that was let in and whose contact is not yet in the journal.
    struct Arrival {
        sip::CallId call;
        Leg leg;
        std::uint64_t together = 0;
        std::string answer;
    };

    struct Place {
        ContactId contact;
        Side side = Side::caller;
        OfferId offer;  // of an agent who has not got the contact yet, or of a party
    };

    // switchboard.cc: legs and their books
    bool has_room();
    LegId next_leg() { return LegId{next_leg_++}; }
    Contact* find(ContactId contact);
    Contact* find(sip::CallId call, Place& place);
    Leg* leg_at(Contact& contact, const Place& place);
    bool open_media(Leg& leg, std::uint64_t together);
    void drop(Contact& contact, Side side, bool hang_up);
    void drop_rung(Contact& contact, OfferId offer, bool hang_up, std::string reason = "");
    void drop_party(Contact& contact, OfferId invitation, bool hang_up);
    void close(Leg& leg, bool hang_up, std::string reason);
    void end_message(Contact& contact);
    void media_lost(media::LegId leg);
    void end_recording(Contact& contact);
    bool drop_arrival(sip::CallId call);
    void join(Contact& contact);
    void show_recorded(const Contact& contact);
    void on_arrival_answer(sip::CallId call, const engine::Outcome& outcome);
    void place_call(Contact& contact, const Place& place, sip::UserAgent::Invitation invitation);
    void ring(Contact& contact, OfferId offer, const AgentId& agent);
    void press(const Contact& contact, const Place& place, char digit);

    // switchboard_events.cc: what the core decided
    void on(const centre::ConfigurationPublished& published);
    void on(const centre::ContactOpened& opened);
    void on(const centre::PromptStarted& started);
    void on(const centre::RecordingStarted& started);
    void on(const centre::ContactQueued& queued);
    void on(const centre::OfferMade& made);
    void on(const centre::OfferEnded& ended);
    void on(const centre::OfferAccepted& accepted);
    void on(const centre::AttemptStarted& started);
    void on(const centre::ContactConnected& connected);
    void on(const centre::TalkEnded& ended);
    void on(const centre::ContactEnded& ended);
    void leave_agent(ContactId contact);
    // switchboard_parties.cc: more than two on a contact
    void on(const centre::PartyInvited& invited);
    void on(const centre::PartyJoined& joined);
    void on(const centre::PartyChanged& changed);
    void on(const centre::PartyLeft& left);
    void on(const centre::ContactHandedOver& over);
    void on(const centre::RecordingPaused& paused);
    void on(const centre::RecordingResumed& resumed);
    void arrange(Contact& contact);

    // switchboard_apologies.cc: callers whom nothing is written down about
    bool apologise(sip::CallId call);
    bool tell_apology(sip::CallId call, std::string_view sdp);
    bool end_apology(sip::CallId call, bool hang_up);
    bool end_apology(media::LegId leg);

    // switchboard_answers.cc: a person or a machine
    void judge_answer(const Leg& leg);
    void answer_judged(const media::AnswerJudged& judged);

    void begin_message(Contact& contact);
    void message_failed(RecordingId recording);

    Wiring wiring_;
    sip::UserAgent* sip_ = nullptr;
    bool takes_calls_ = true;
    std::size_t calls_this_second_ = 0;
    MonotonicInstant second_began_{};
    std::uint64_t next_leg_;
    std::uint64_t next_own_playback_;
    centre::Configuration configuration_;
    std::unordered_map<ContactId, Contact> contacts_;
    std::unordered_map<LegId, Arrival> arrivals_;
    std::unordered_map<sip::CallId, LegId> arrival_of_call_;
    std::unordered_map<sip::CallId, Place> place_of_call_;
    std::unordered_map<media::LegId, Place> place_of_leg_;
    std::unordered_map<media::PlaybackId, ContactId> beeps_;  // tones before messages
    std::unordered_map<sip::CallId, Leg> apologies_;
    std::uint64_t turned_away_ = 0;
    DeskCalls desk_calls_{wiring_, configuration_};
};

}  // namespace amer::telephony
