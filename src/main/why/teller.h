#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/centre/directory.h"
#include "engine/journal.h"
#include "main/why/words.h"

namespace amer::why {

struct Told {
    Instant at;
    std::string text;
};

// Tells what happened to one contact and why, from the journal alone: every offer with the reason
// for this agent and, for each one passed over, the rule that removed him. Entries come in order;
// those before the contact are needed too, for the configuration in force.
class Teller {
public:
    Teller(ContactId contact, const Words& words) : contact_{contact}, words_{words} {}

    void take(const engine::Entry& entry);

    const std::vector<Told>& told() const { return told_; }
    const centre::Configuration& configuration() const { return configuration_; }
    bool has_ended() const { return has_ended_; }

private:
    void on(const centre::ConfigurationPublished& event);
    void on(const centre::ContactOpened& event);
    void on(const centre::ContactQueued& event);
    void on(const centre::ContactAlsoQueued& event);
    void on(const centre::RequirementRelaxed& event);
    void on(const centre::OfferMade& event);
    void on(const centre::OfferRang& event);
    void on(const centre::OfferAccepted& event);
    void on(const centre::OfferEnded& event);
    void on(const centre::ContactConnected& event);
    void on(const centre::ContactReturned& event);
    void on(const centre::QueueLeft& event);
    void on(const centre::WaitTold& event);
    void on(const centre::QueueFull& event);
    void on(const centre::ContactHeld& event);
    void on(const centre::HoldEnded& event);
    void on(const centre::ContactAssigned& event);
    void on(const centre::ContactTransferred& event);
    void on(const centre::PartyInvited& event);
    void on(const centre::PartyJoined& event);
    void on(const centre::PartyChanged& event);
    void on(const centre::PartyLeft& event);
    void on(const centre::ContactHandedOver& event);
    void on(const centre::RecordingPaused& event);
    void on(const centre::RecordingResumed& event);
    void on(const centre::TalkEnded& event);
    void on(const centre::SurveyAnswered& event);
    void on(const centre::ContactEnded& event);
    template <typename Other>
    void on(const Other&) {}

    void say(const std::string& key, const Words::Values& values = {});
    std::string in_words(const centre::TextPair& text) const;
    std::string name_of(const AgentId& agent) const;
    std::string name_of(const QueueId& queue) const;
    std::vector<AgentId> agents_of(const QueueId& queue, const queue::PassedOver& group) const;
    std::string names_of(const std::vector<AgentId>& agents) const;

    ContactId contact_;
    const Words& words_;
    Instant at_;
    centre::Configuration configuration_;
    centre::Directory directory_;
    QueueId queue_;                      // the last one by which this contact is counted
    std::map<OfferId, AgentId> offers_;  // of this contact
    std::vector<Told> told_;
    bool has_ended_ = false;
};

}  // namespace amer::why
