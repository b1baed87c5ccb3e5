#include "core/centre/rules.h"

// An agent knows what it is about before the citizen's telephone rings.
namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

Language language_of(const World& world, const AgentId& agent) {
    const AgentRow* row = world.agent_row(agent);
    const bool speaks = row != nullptr && !row->languages.empty();
    return speaks ? row->languages.front() : Language::arabic;
}

}  // namespace

void brief_agent(Deciding& deciding, ContactId id, const AgentId& agent) {
    const World& world = deciding.world();
    const Contact* contact = world.find(id);
    if (contact == nullptr) return;
    const Promise* promise = world.find(contact->promise);
    std::vector<Saying> sayings;
    if (promise != nullptr) sayings = sayings_of_briefing(world, *promise);
    if (sayings.empty()) return start_attempt(deciding, id, agent);
    PromptStarted started;
    started.contact = id;
    started.playback = deciding.new_playback();
    started.language = language_of(world, agent);
    started.sayings = std::move(sayings);
    started.is_to_agent = true;
    deciding.add(std::move(started));
}

void end_briefing(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::briefing) return;
    // The hour in which one may call ended while he listened.
    if (!deciding.may_call(contact->queue)) return end_callback_unreached(deciding, id);
    start_attempt(deciding, id, AgentId{contact->agent});
}

}  // namespace amer::centre
