#include "measure/measures.h"

#include "measure/honesty.h"

namespace amer::measure {

void Measures::take(const centre::Event& event, Instant at) {
    if (at != at_) alive_until_ = is_empty_ ? at : at_;
    at_ = at;
    is_empty_ = false;
    std::visit([&](const auto& one) { on(one); }, event);
}

void Measures::on(const centre::ConfigurationPublished& event) {
    ledger_.publish(event.configuration);
}

void Measures::on(const centre::ContactOpened& event) {
    queues_.on(event, at_);
    resolutions_.on(event);
}

void Measures::on(const centre::ContactEnded& event) {
    queues_.on(event, at_);
    resolutions_.on(event, at_);
}

void Measures::on(const centre::ContactQueued& event) {
    queues_.on(event, at_);
    resolutions_.on(event, at_);
    waits_.on(event);
}

void Measures::on(const centre::QueueLeft& event) {
    queues_.on(event, at_);
    waits_.on(event, at_);
}

void Measures::on(const centre::OfferMade& event) {
    agents_.on(event, queues_.is_callback(event.contact), at_);
}

void Measures::on(const centre::OfferAccepted& event) {
    queues_.on(event, at_);
    agents_.on(event);
}

void Measures::on(const centre::PartyJoined& event) { agents_.on(event); }

void Measures::on(const centre::ContactHandedOver& event) {
    agents_.on(event);
    resolutions_.on(event, at_);
}

void Measures::on(const centre::SurveyAnswered& event) {
    const calendar::LocalDay day = ledger_.half_hour_of(at_).day;
    ledger_.count_answer(day, event.queue, Answer{event.question, event.answer});
}

std::optional<calendar::LocalDay> Measures::last_day() const {
    if (is_empty_) return std::nullopt;
    return ledger_.half_hour_of(at_).day;
}

Report Measures::report(const Span& span, const std::optional<QueueId>& only) const {
    Report report;
    report.from = span.from;
    report.until = span.until;
    report.as_of = at_;
    report.target_ms = limits_.target.count();
    report.short_ms = limits_.short_abandon.count();
    report.ministry = ledger_.ministry();
    const auto promises = promises_.due_in(span, ledger_.calendar(), at_);
    auto first_contacts = resolutions_.first_contacts_in(span, at_);
    const auto add_section = [&](const QueueId& queue, const centre::TextPair& title) {
        const auto due = promises.find(queue);
        report.sections.push_back(section_of(ledger_, span, queue, title,
                                             due == promises.end() ? Promises{} : due->second));
        Section& section = report.sections.back();
        add_first_contacts(section.inbound, first_contacts[Account{queue, false}]);
        add_first_contacts(section.callbacks, first_contacts[Account{queue, true}]);
        section.told = told_section(waits_.told_in(span, queue));
    };
    if (only) {
        const auto found = ledger_.queues().find(*only);
        add_section(*only, found == ledger_.queues().end() ? centre::TextPair{} : found->second);
        return report;
    }
    report.arrivals = ledger_.arrivals_in(span);
    report.rates = {rate_of({"ivr_exit_rate", report.arrivals->left_in_flow,  //
                             report.arrivals->opened})};
    add_section(QueueId{}, {});
    for (const auto& [queue, title] : ledger_.queues()) add_section(queue, title);
    AgentTime together;
    for (const auto& [agent, name] : ledger_.agents()) {
        report.agents.push_back(agent_line(agent, name, agents_.time_of(agent, span, at_)));
        add(together, report.agents.back().time);
    }
    report.agents_together = agent_line(AgentId{}, {}, together);
    return report;
}

}  // namespace amer::measure
