#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/agent/agent.h"
#include "core/centre/event.h"

namespace amer::whatif {

// A caller who came to a queue, and what is known of him: what he would have done is known only as
// far as the day let him.
struct Arrival {
    Instant at;
    QueueId queue;
    std::vector<QueueId> also;  // he stood in these too
    Language language = Language::arabic;
    std::int32_t priority = 0;
    bool is_emergency = false;
    std::optional<PhoneNumber> number;
    Duration waited{0};         // as long as the day showed; his patience is at least that
    bool has_given_up = false;  // and exactly that
    std::optional<Duration> talk;
    std::optional<Duration> wrap_up;
};

// An agent comes to work, pauses or leaves.
struct Attendance {
    enum class What : std::uint8_t { comes, pauses, leaves };

    Instant at;
    AgentId agent;
    What what = What::comes;
};

// One day of a centre as a rerun needs it: everything that came from outside, and nothing that the
// rules did with it. Folded from the journal.
struct RecordedDay {
    calendar::LocalDay day{};
    centre::Configuration rules;    // in force when the first caller of the day came to a queue
    std::int64_t rule_changes = 0;  // later that day; a rerun keeps the first
    std::vector<Arrival> arrivals;  // in order
    std::vector<Attendance> attendance;
    std::vector<Duration> answers;  // from an offer to the agent's answer
};

class DayReader {
public:
    explicit DayReader(calendar::LocalDay day) { recorded_.day = day; }

    void take(const centre::Event& event, Instant at);
    const RecordedDay& recorded() const { return recorded_; }

private:
    struct Living {
        Language language = Language::arabic;
        std::optional<PhoneNumber> number;
        std::optional<std::size_t> arrival;
        QueueId queue;  // the first he stands in
        bool is_waiting = false;
        Instant connected;
    };
    struct Work {
        agent::AgentState state = agent::AgentState::logged_out;
        Instant since;
        std::optional<std::size_t> arrival;  // whose talk or wrap-up keeps him busy
    };

    void on(const centre::ConfigurationPublished& event);
    void on(const centre::ClosureSet& event);
    void on(const centre::ContactOpened& event);
    void on(const centre::LanguageChosen& event);
    void on(const centre::ContactQueued& event);
    void on(const centre::ContactAlsoQueued& event);
    void on(const centre::QueueLeft& event);
    void on(const centre::OfferMade& event);
    void on(const centre::OfferAccepted& event);
    void on(const centre::ContactConnected& event);
    void on(const centre::ContactTransferred& event);
    void on(const centre::ContactReturned& event);
    void on(const centre::ContactHandedOver& event);
    void on(const centre::TalkEnded& event);
    void on(const centre::ContactEnded& event);
    void on(const centre::AgentStateChanged& event);
    template <typename Other>
    void on(const Other&) {}

    bool is_today() const;
    Arrival* arrival_of(ContactId contact);
    void end_talk(ContactId contact);

    RecordedDay recorded_;
    Instant at_;
    std::map<ContactId, Living> contacts_;
    std::map<AgentId, Work> agents_;
    std::map<OfferId, Instant> offers_;
};

}  // namespace amer::whatif
