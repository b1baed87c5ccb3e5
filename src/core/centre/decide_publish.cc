#include "core/calendar/set_closure.h"
#include "core/centre/check_configuration.h"
#include "core/centre/rules.h"
#include "core/centre/several_queues.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;

Rejection bad_configuration(const std::vector<Problem>& problems) {
    Rejection rejection{RejectionReason::bad_configuration, ""};
    for (const Problem& problem : problems) {
        if (!rejection.text.empty()) rejection.text += "; ";
        rejection.text += problem.path + ": " + problem.expected;
    }
    return rejection;
}

// What was closed by command stays closed, whatever the files say.
void keep_closures(const std::vector<calendar::Closure>& closures, calendar::Calendar& calendar) {
    for (const calendar::Closure& closure : closures) {
        calendar::set_closure(calendar.closures, closure);
    }
}

// Those who are no longer named leave now, or when their contact is over.
void log_out_removed(Deciding& deciding, const Configuration& next) {
    std::set<AgentId> kept;
    for (const AgentRow& row : next.agents) kept.insert(row.id);
    std::vector<AgentId> removed;
    deciding.world().agents().for_each([&](const agent::Agent& agent) {
        const bool is_free = !agent::is_busy(agent.state);
        const bool is_in = agent.state != AgentState::logged_out;
        if (is_free && is_in && !kept.contains(agent.id)) removed.push_back(agent.id);
    });
    for (const AgentId& id : removed) {
        change_agent(deciding, id, AgentState::logged_out, agent::kRemoved);
    }
}

void move_callers_of_removed_queues(Deciding& deciding) {
    std::vector<ContactId> stranded;
    deciding.world().contacts().for_each([&](const Contact& contact) {
        bool is_stranded = false;
        for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
            is_stranded = is_stranded || deciding.world().queue_row(queue) == nullptr;
        });
        if (is_stranded && contact.stage == Contact::Stage::queued) stranded.push_back(contact.id);
    });
    for (const ContactId id : stranded) return_to_queue(deciding, id);
}

}  // namespace

std::optional<Rejection> decide_publish(Deciding& deciding, const Configuration& wanted) {
    const std::vector<Problem> problems = check_configuration(wanted);
    if (!problems.empty()) return bad_configuration(problems);

    const Configuration before = deciding.world().configuration();
    Configuration next = wanted;
    keep_closures(deciding.world().base().closures, next.calendar);
    next.version = before.version;
    next.calendar.version = before.calendar.version;
    const bool is_first = before.version == 0;
    const bool has_new_calendar = is_first || next.calendar != before.calendar;
    if (!is_first && next == before) return std::nullopt;
    next.version = before.version + 1;
    if (has_new_calendar) {
        next.calendar.version = std::max(next.version, before.calendar.version + 1);
    }

    const CalendarsBefore calendars = calendars_before(deciding);
    log_out_removed(deciding, next);
    deciding.add(ConfigurationPublished{next});
    if (has_new_calendar && !is_first) redate_promises(deciding, calendars);
    move_callers_of_removed_queues(deciding);
    return std::nullopt;
}

}  // namespace amer::centre
