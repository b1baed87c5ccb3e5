#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using Stage = contact::Contact::Stage;

void decide_contact_timeout(Deciding& deciding, ContactId id) {
    const contact::Contact* contact = deciding.world().find(id);
    if (contact == nullptr || !contact->deadline || *contact->deadline > deciding.now()) return;
    switch (contact->stage) {
        case Stage::arriving:  // his ACK never came
            leave_in_flow(deciding, id);
            return;
        case Stage::in_flow: return decide_step_timeout(deciding, id);
        case Stage::queued: return decide_waiting(deciding, id);
        case Stage::briefing: return end_briefing(deciding, id);
        case Stage::dialling: return fail_attempt(deciding, id, AttemptOutcome::no_answer);
        case Stage::greeting: return end_greeting(deciding, id);
        case Stage::offered: return decide_ring_next(deciding, id);
        case Stage::connected: return go_on_recording(deciding, id, ResumeReason::time_over);
    }
}

void decide_day_over(Deciding& deciding) {
    const calendar::Calendar& calendar = deciding.world().calendar();
    const calendar::LocalDay today = calendar::local_time(calendar, deciding.now()).day;
    deciding.add(
        DayBegan{calendar::text_of(today), calendar::next_midnight(calendar, deciding.now())});
}

void seal_ledger(Deciding& deciding) {
    const World& world = deciding.world();
    const callback::Ledger& ledger = world.ledger();
    if (!ledger.seal_at) return;
    const Instant last = *ledger.seal_at - Duration{1};
    const calendar::LocalDay over = calendar::local_time(world.calendar(), last).day;
    deciding.add(LedgerSealed{calendar::text_of(over), ledger.lines, ledger.head});
}

void decide_deadline(Deciding& deciding, const Deadline& deadline) {
    switch (deadline.kind) {
        case Deadline::Kind::offer:
            return decide_ring_time_over(deciding, OfferId{deadline.number});
        case Deadline::Kind::contact:
            return decide_contact_timeout(deciding, ContactId{deadline.number});
        case Deadline::Kind::agent: return decide_agent_timeout(deciding, AgentId{deadline.name});
        case Deadline::Kind::promise_overdue:
            return decide_overdue(deciding, PromiseId{deadline.number});
        case Deadline::Kind::lane_callbacks: {
            const queue::Lane lane{QueueId{deadline.name}, static_cast<Language>(deadline.number)};
            put_back_unreached(deciding, lane);
            // The call back itself begins when the decision settles, behind the callers on the
            // line who became free to be matched at the same instant.
            deciding.touched().insert(lane.queue);
            return;
        }
        case Deadline::Kind::day: return decide_day_over(deciding);
        case Deadline::Kind::ledger: return seal_ledger(deciding);
    }
}

}  // namespace

void decide_tick(Deciding& deciding, const State& state) {
    for (const Deadline& deadline : state.indexes.deadlines) {
        if (deadline.at > deciding.now()) return;
        decide_deadline(deciding, deadline);
    }
}

}  // namespace amer::centre
