#include "main/why/teller.h"

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "core/calendar/calendar.h"

namespace amer::why {

namespace {

constexpr std::size_t kMostNames = 8;

}  // namespace

void Teller::take(const engine::Entry& entry) {
    at_ = entry.at;
    std::visit([&](const auto& event) { on(event); }, entry.event);
}

void Teller::say(const std::string& key, const Words::Values& values) {
    told_.push_back(Told{at_, words_.say(key, values)});
}

std::string Teller::in_words(const centre::TextPair& text) const {
    return words_.language() == Language::arabic ? text.ar : text.en;
}

std::string Teller::name_of(const AgentId& agent) const {
    const auto found = directory_.agents.find(agent);
    if (found == directory_.agents.end()) return agent.value;
    const std::string name = in_words(configuration_.agents[found->second].name);
    return name.empty() ? agent.value : name;
}

std::string Teller::name_of(const QueueId& queue) const {
    const auto found = directory_.queues.find(queue);
    if (found == directory_.queues.end()) return queue.value;
    const std::string title = in_words(configuration_.queues[found->second.row].title);
    return title.empty() ? queue.value : title;
}

void Teller::on(const centre::ConfigurationPublished& event) {
    configuration_ = event.configuration;
    directory_ = centre::make_directory(configuration_);
}

void Teller::on(const centre::ContactOpened& event) {
    if (event.contact != contact_) return;
    const bool is_known = event.caller.number && !event.caller.is_hidden;
    const std::string caller = is_known ? event.caller.number->e164() : words_.say("hidden");
    const bool is_callback = event.kind == centre::ContactKind::callback;
    say(is_callback ? "opened_callback" : "opened",
        {{"caller", caller}, {"number", event.dialled}});
}

void Teller::on(const centre::ContactQueued& event) {
    if (event.contact != contact_) return;
    queue_ = event.queue;
    const char* key = event.is_emergency   ? "queued_emergency"
                      : event.priority > 0 ? "queued_priority"
                                           : "queued";
    say(key, {{"queue", name_of(event.queue)}, {"minutes", std::to_string(event.priority)}});
    if (event.since == at_) return;
    const calendar::LocalTime since = calendar::local_time(configuration_.calendar, event.since);
    say("place", {{"time", fmt::format("{:02}:{:02}:{:02}", since.minute / 60, since.minute % 60,
                                       since.second)}});
}

void Teller::on(const centre::ContactAlsoQueued& event) {
    if (event.contact != contact_) return;
    say("queued_also", {{"queue", name_of(event.queue)}});
}

void Teller::on(const centre::RequirementRelaxed& event) {
    if (event.contact != contact_) return;
    const QueueId& queue = event.queue.value.empty() ? queue_ : event.queue;
    say("relaxed", {{"step", std::to_string(event.step + 1)}, {"queue", name_of(queue)}});
}

std::vector<AgentId> Teller::agents_of(const QueueId& queue, const queue::PassedOver& group) const {
    std::vector<AgentId> agents = group.names;
    const auto found = directory_.queues.find(queue);
    if (found == directory_.queues.end()) return agents;
    const auto& members = found->second.members;
    for (const std::uint32_t number : queue::numbers_in(group.members)) {
        if (number >= 1 && number <= members.size()) agents.push_back(members[number - 1].id);
    }
    return agents;
}

std::string Teller::names_of(const std::vector<AgentId>& agents) const {
    const bool is_arabic = words_.language() == Language::arabic;
    std::string names;
    for (std::size_t at = 0; at < std::min(agents.size(), kMostNames); ++at) {
        if (at > 0) names += is_arabic ? "، " : ", ";
        names += name_of(agents[at]);
    }
    if (agents.size() <= kMostNames) return names;
    return words_.say("more", {{"agents", names}, {"count", std::to_string(agents.size())}});
}

void Teller::on(const centre::OfferMade& event) {
    if (event.contact != contact_) return;
    offers_[event.offer] = event.agent;
    const std::string because = words_.say("because." + std::string{enum_name(event.strategy)});
    const bool is_first = event.queue == queue_;
    say(is_first ? "offered" : "offered_through",
        {{"agent", name_of(event.agent)}, {"because", because}, {"queue", name_of(event.queue)}});
    std::string groups;
    for (const queue::PassedOver& group : event.passed_over) {
        if (!groups.empty()) groups += words_.language() == Language::arabic ? "؛ " : "; ";
        groups += words_.say("group", {{"agents", names_of(agents_of(event.queue, group))},
                                       {"rule", words_.say("rule." + group.rule)}});
    }
    if (groups.empty()) {
        say("only_one", {{"queue", name_of(event.queue)}});
    } else {
        say("passed_over", {{"groups", groups}});
    }
}

void Teller::on(const centre::OfferRang& event) {
    const auto found = offers_.find(event.offer);
    if (found != offers_.end()) say("rang", {{"agent", name_of(found->second)}});
}

void Teller::on(const centre::OfferAccepted& event) {
    if (event.contact == contact_) say("accepted", {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::OfferEnded& event) {
    if (event.contact != contact_) return;
    say("offer." + std::string{enum_name(event.how)}, {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::ContactConnected& event) {
    if (event.contact == contact_) say("connected", {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::ContactReturned& event) {
    if (event.contact == contact_) say("returned", {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::QueueLeft& event) {
    if (event.contact != contact_) return;
    say("left." + std::string{enum_name(event.how)}, {{"queue", name_of(event.queue)}});
}

void Teller::on(const centre::WaitTold& event) {
    if (event.contact != contact_) return;
    if (event.agents == 0) return say("told_nobody");
    const std::string position = std::to_string(event.position);
    if (!event.minutes) return say("told_place", {{"position", position}});
    say("told", {{"position", position}, {"minutes", std::to_string(*event.minutes)}});
}

void Teller::on(const centre::QueueFull& event) {
    if (event.contact != contact_) return;
    say("full", {{"queue", name_of(event.queue)}, {"count", std::to_string(event.waiting)}});
}

void Teller::on(const centre::ContactHeld& event) {
    if (event.contact != contact_) return;
    say("held." + std::string{enum_name(event.why)},
        {{"agent", name_of(event.agent)}, {"by", event.by}});
}

void Teller::on(const centre::HoldEnded& event) {
    if (event.contact != contact_) return;
    say("hold_end." + std::string{enum_name(event.how)});
}

void Teller::on(const centre::ContactAssigned& event) {
    if (event.contact != contact_) return;
    say("assigned", {{"agent", name_of(event.agent)}, {"by", event.by}});
}

void Teller::on(const centre::ContactTransferred& event) {
    if (event.contact != contact_) return;
    say("transferred", {{"agent", name_of(event.agent)}, {"queue", name_of(event.queue)}});
}

void Teller::on(const centre::PartyInvited& event) {
    if (event.contact != contact_) return;
    say("invited." + std::string{enum_name(event.part)}, {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::PartyJoined& event) {
    if (event.contact == contact_) say("joined", {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::PartyChanged& event) {
    if (event.contact != contact_) return;
    say("part." + std::string{enum_name(event.part)}, {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::PartyLeft& event) {
    if (event.contact != contact_) return;
    say("parted." + std::string{enum_name(event.how)}, {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::ContactHandedOver& event) {
    if (event.contact != contact_) return;
    say("handed_over", {{"agent", name_of(event.from)}, {"other", name_of(event.to)}});
}

void Teller::on(const centre::RecordingPaused& event) {
    if (event.contact == contact_) say("paused", {{"by", event.by}});
}

void Teller::on(const centre::RecordingResumed& event) {
    if (event.contact == contact_) say("resumed." + std::string{enum_name(event.why)});
}

void Teller::on(const centre::TalkEnded& event) {
    if (event.contact == contact_) say("talk_ended", {{"agent", name_of(event.agent)}});
}

void Teller::on(const centre::SurveyAnswered& event) {
    if (event.contact != contact_) return;
    say("survey", {{"question", event.question}, {"answer", event.answer}});
}

void Teller::on(const centre::ContactEnded& event) {
    if (event.contact != contact_) return;
    say("ended." + std::string{enum_name(event.how)});
    has_ended_ = true;
}

}  // namespace amer::why
