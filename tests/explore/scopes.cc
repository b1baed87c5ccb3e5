#include "scopes.h"

#include "core/centre/example_centre.h"

namespace amer::explore {

namespace {

using namespace centre;
using namespace letters;

const char* const kMorning = "2026-11-19 10:00";  // a Thursday; closing is at 16:30

// Two queues, two agents who serve both, and a number that leads straight into each.
Configuration small_rules() {
    Configuration rules = example::configuration();
    rules.agents.pop_back();
    rules.agents[1].queues = {QueueId{"general"}, QueueId{"housing"}};
    flow::Flow housing = example::direct_flow();
    housing.id = FlowId{"housing"};
    for (flow::Step& step : housing.steps) {
        auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
        if (enqueue != nullptr) enqueue->queue = QueueId{"housing"};
    }
    rules.flows = {example::direct_flow(), housing};
    rules.numbers[0].flow = FlowId{"direct"};
    rules.numbers[1].flow = FlowId{"housing"};
    rules.recording.is_on = false;
    for (Queue& queue : rules.queues) queue.announce_every_ms = 0;
    return rules;
}

// Who waits may keep his place with key 1 or leave with key 2.
Configuration rules_with_choices() {
    Configuration rules = small_rules();
    for (DialledNumber& number : rules.numbers) number.flow = FlowId{"direct"};
    rules.flows.pop_back();
    rules = example::with_choices(std::move(rules));
    rules.promises.tries = 2;
    rules.promises.pause_ms = 600'000;
    return rules;
}

Letter arrivals(std::uint64_t most) {
    return {"caller arrives",
            [most](const Here& here, Moves& moves) { caller_arrives(here, moves, most); }};
}

Letter declined(DeclineReason reason) {
    return {"offer is declined",
            [reason](const Here& here, Moves& moves) { offer_is_declined(here, moves, reason); }};
}

Letter pressed(const std::string& key) {
    return {"caller presses " + key,
            [key](const Here& here, Moves& moves) { caller_presses(here, moves, key); }};
}

Letter supervised(contact::Part part) {
    return {"supervisor comes",
            [part](const Here& here, Moves& moves) { supervisor_comes(here, moves, part); }};
}

Letter published(const Configuration& rules, const std::string& which) {
    return {"rules change: " + which, [rules, which](const Here& here, Moves& moves) {
                rules_change(here, moves, rules, which);
            }};
}

std::vector<Command> begun_with(const Configuration& rules) {
    return {RecoverFromCrash{}, PublishConfiguration{rules}, RegisterPhone{AgentId{"amal"}},
            RegisterPhone{AgentId{"basim"}}};
}

Scope scope(const char* name, const char* about, const Configuration& rules, int depth,
            std::vector<Letter> alphabet) {
    return Scope{name, about, example::dubai(kMorning), begun_with(rules), std::move(alphabet),
                 depth};
}

Scope offers() {
    return scope("offers", "three callers, two queues that want the same two agents", small_rules(),
                 8,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  {"phone rings", phone_rings},
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::rejected),
                  declined(DeclineReason::unreachable),
                  {"agent hangs up", agent_hangs_up},
                  {"wrap up finishes", wrap_up_finishes},
                  {"deadline comes", deadline_comes}});
}

// One queue rings everybody, the other one more after a pause; Ticks may be late.
Scope races() {
    Configuration rules = small_rules();
    rules.queues[0].strategy = queue::Strategy::ring_all;
    rules.queues[1].strategy = queue::Strategy::ring_progressively;
    return scope("races", "several phones ring for one caller, and the clock is late", rules, 8,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::busy),
                  {"agent hangs up", agent_hangs_up},
                  {"time passes", time_passes},
                  {"tick comes", tick_comes}});
}

Scope agents() {
    Configuration rules = small_rules();
    rules.agent_plan.no_answer_ms = 30'000;
    return scope("agents", "what agents do and their telephones, at any moment of a call", rules, 6,
                 {arrivals(2),
                  {"caller leaves", caller_leaves},
                  {"phone rings", phone_rings},
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::unreachable),
                  {"agent hangs up", agent_hangs_up},
                  {"agent is lost", agent_is_lost},
                  {"agent registers", agent_registers},
                  {"agent unregisters", agent_unregisters},
                  {"agent is ready", agent_is_ready},
                  {"agent is not ready", agent_is_not_ready},
                  {"agent logs out", agent_logs_out},
                  {"agent uses phone", agent_uses_phone},
                  {"wrap up finishes", wrap_up_finishes},
                  {"wrap up is extended", wrap_up_is_extended},
                  {"deadline comes", deadline_comes}});
}

// Begins with somebody who has kept his place and hung up.
Scope callbacks() {
    Scope all =
        scope("callbacks", "kept places, calls back and their attempts", rules_with_choices(), 6,
              {arrivals(5),
               {"caller leaves", caller_leaves},
               pressed("1"),
               {"prompt finishes", prompt_finishes},
               {"offer is accepted", offer_is_accepted},
               declined(DeclineReason::rejected),
               {"citizen answers", citizen_answers},
               {"citizen fails", citizen_fails},
               {"agent hangs up", agent_hangs_up},
               {"promise is withdrawn", promise_is_withdrawn},
               {"deadline comes", deadline_comes}});
    const ContactId first{1};
    OpenContact open;
    open.leg = LegId{1};
    open.dialled = "8006679";
    open.caller.number = example::phone("+971501000001");
    for (const Command& command : std::vector<Command>{open, CallerConnected{first},
                                                       PressDigit{first, "1"}, CallerLeft{first}}) {
        all.before.push_back(command);
    }
    return all;
}

// One queue waits for another system's choice, the other for the agent its caller knows.
Scope desk() {
    Configuration rules = small_rules();
    rules.queues[0].strategy = queue::Strategy::external;
    rules.queues[1].last_agent_ms = 30'000;
    rules.agents[1].queues = {QueueId{"general"}};
    return scope("desk", "contacts that are assigned and held back", rules, 7,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::rejected),
                  {"agent hangs up", agent_hangs_up},
                  {"agent is not ready", agent_is_not_ready},
                  {"agent is ready", agent_is_ready},
                  {"desk assigns", desk_assigns},
                  {"desk prefers", desk_prefers},
                  {"deadline comes", deadline_comes}});
}

// Three agents, the last one a supervisor who serves nobody here; housing's talks are recorded.
Configuration rules_of_talks() {
    Configuration rules = small_rules();
    flow::Flow& housing = rules.flows[1];
    flow::Consent consent;
    consent.next = StepId{"queue"};
    std::get<flow::Hours>(housing.steps.front().body).open = StepId{"consent"};
    housing.steps.push_back(example::step("consent", consent));
    rules.agents.push_back(example::agent("carla", {QueueId{"general"}}, {Language::english}));
    rules.agents.back().is_supervisor = true;
    rules.recording.is_on = true;
    return rules;
}

// Begins in the talk of the first caller, which is in the first agent's hands.
Scope in_a_talk(const char* name, const char* about, int depth, std::vector<Letter> alphabet) {
    Scope all = scope(name, about, rules_of_talks(), depth, std::move(alphabet));
    OpenContact open;
    open.leg = LegId{1};
    open.dialled = "8006679";
    open.caller.number = example::phone("+971501000001");
    for (const Command& command :
         std::vector<Command>{RegisterPhone{AgentId{"carla"}}, open, CallerConnected{ContactId{1}},
                              FinishPrompt{ContactId{1}, PlaybackId{1}}, AcceptOffer{OfferId{1}}}) {
        all.before.push_back(command);
    }
    return all;
}

Scope talks() {
    return in_a_talk("talks", "a colleague is asked, a talk changes hands, a recording pauses", 6,
                     {arrivals(2),
                      {"caller leaves", caller_leaves},
                      {"offer is accepted", offer_is_accepted},
                      declined(DeclineReason::busy),
                      {"agent hangs up", agent_hangs_up},
                      {"agent is lost", agent_is_lost},
                      {"party hangs up", party_hangs_up},
                      {"agent consults", agent_consults},
                      {"all confer", all_confer},
                      {"contact is handed over", contact_is_handed_over},
                      {"contact is transferred", contact_is_transferred},
                      {"party is dismissed", party_is_dismissed},
                      {"recording pauses", recording_pauses},
                      {"recording goes on", recording_goes_on},
                      {"deadline comes", deadline_comes}});
}

// Several at once on one talk, and what takes them from it.
Scope parties() {
    return in_a_talk("parties", "supervisors and colleagues on one talk, whoever leaves it", 6,
                     {{"caller leaves", caller_leaves},
                      {"offer is accepted", offer_is_accepted},
                      {"agent hangs up", agent_hangs_up},
                      {"agent is lost", agent_is_lost},
                      {"agent is not ready", agent_is_not_ready},
                      {"agent unregisters", agent_unregisters},
                      {"agent is ready", agent_is_ready},
                      {"party hangs up", party_hangs_up},
                      {"party is lost", party_is_lost},
                      {"agent consults", agent_consults},
                      {"all confer", all_confer},
                      supervised(contact::Part::listening),
                      supervised(contact::Part::barging),
                      {"deadline comes", deadline_comes},
                      {"process dies", process_dies}});
}

// What is promised while it is closed moves, and who waits is late or not.
Scope closures() {
    Configuration rules = rules_with_choices();
    for (Queue& queue : rules.queues) queue.closing_grace_ms = 300'000;
    rules.notifications.by_text = {notification::Occasion::promise_redated};
    return scope("closures", "the centre or an office closes and opens again", rules, 6,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  pressed("1"),
                  {"offer is accepted", offer_is_accepted},
                  {"agent hangs up", agent_hangs_up},
                  {"agent is not ready", agent_is_not_ready},
                  {"citizen answers", citizen_answers},
                  {"centre closes", centre_closes},
                  {"office closes", office_closes},
                  {"it opens again", it_opens_again},
                  {"deadline comes", deadline_comes}});
}

// Begins in the evening, when three have been promised a call; the next opening is a deadline.
Configuration night_rules() {
    Configuration rules = small_rules();
    rules.promises.tries = 2;
    rules.promises.outcomes = {{AttemptOutcome::busy, 900'000, true, false},
                               {AttemptOutcome::network, 300'000, false, false},
                               {AttemptOutcome::invalid_number, 0, true, true}};
    return rules;
}

void begin_at_night(Scope& scope) {
    scope.begin = example::dubai("2026-11-19 18:00");
    for (const std::uint64_t number : {1U, 2U, 3U}) {
        OpenContact open;
        open.leg = LegId{number};
        open.dialled = "8006679";
        open.caller.number = example::phone("+97150100000" + std::to_string(number));
        scope.before.emplace_back(open);
        scope.before.emplace_back(CallerLeft{ContactId{number}});
    }
}

Scope nights() {
    Scope all = scope("nights", "the night's calls are returned, and leave agents for callers",
                      night_rules(), 8,
                      {arrivals(5),
                       {"caller leaves", caller_leaves},
                       {"offer is accepted", offer_is_accepted},
                       declined(DeclineReason::rejected),
                       {"citizen answers", citizen_answers},
                       {"citizen fails", citizen_fails},
                       {"agent hangs up", agent_hangs_up},
                       {"deadline comes", deadline_comes}});
    begin_at_night(all);
    return all;
}

// One of those who rang at night has left a message, which an agent hears before he is dialled.
Scope briefings() {
    Configuration rules = night_rules();
    rules.promises.briefing = PromptId{"CB-BRIEF"};
    Scope all =
        scope("briefings", "an agent hears the message before its citizen is dialled", rules, 6,
              {arrivals(3),
               {"caller leaves", caller_leaves},
               {"prompt finishes", prompt_finishes},
               {"agent skips", agent_skips_briefing},
               {"offer is accepted", offer_is_accepted},
               {"citizen answers", citizen_answers},
               {"agent hangs up", agent_hangs_up},
               {"promise is withdrawn", promise_is_withdrawn},
               {"centre closes", centre_closes},
               {"deadline comes", deadline_comes},
               {"process dies", process_dies}});
    all.begin = example::dubai("2026-11-19 18:00");
    OpenContact open;
    open.leg = LegId{1};
    open.dialled = "8006679";
    open.caller.number = example::phone("+971501000001");
    const ContactId night{1};
    all.before.insert(
        all.before.end(),
        {open, CallerConnected{night}, FinishPrompt{night, PlaybackId{1}},
         FinishRecording{RecordingId{1}, 9'000, 1, "hash", false}, CallerLeft{night}});
    return all;
}

// The same promises, but the citizen is dialled before an agent is asked: one for each at work.
Scope dialled_ahead() {
    Configuration rules = night_rules();
    rules.promises.mode = callback::DialMode::customer_first;
    rules.promises.agents_per_customer = 1;
    rules.promises.share_percent = 100;
    for (Queue& queue : rules.queues) queue.closing_grace_ms = 300'000;
    Scope all = scope("ahead", "citizens are dialled before an agent is asked", rules, 8,
                      {arrivals(4),
                       {"caller leaves", caller_leaves},
                       {"prompt finishes", prompt_finishes},
                       {"offer is accepted", offer_is_accepted},
                       declined(DeclineReason::unreachable),
                       {"citizen answers", citizen_answers},
                       {"citizen fails", citizen_fails},
                       {"agent hangs up", agent_hangs_up},
                       {"agent is not ready", agent_is_not_ready},
                       {"deadline comes", deadline_comes},
                       {"process dies", process_dies}});
    begin_at_night(all);
    return all;
}

// Steps, tiers, skills, the longest wait, nobody there, a full queue, announcements.
Scope waiting() {
    Configuration rules = rules_with_choices();
    Queue& general = rules.queues[0];
    general.steps = {queue::Step{{{SkillId{"loans"}, 2, 1}}, 1, 12'000}, queue::Step{{}, 2, 0}};
    general.longest_wait_ms = 60'000;
    general.nobody_after_ms = 20'000;
    general.most_waiting = 2;
    general.announce_every_ms = 25'000;
    rules.agents[0].skills = {{SkillId{"loans"}, 2}};
    rules.agents[1].queues[0].tier = 2;
    return scope("waiting", "what befalls those who wait", rules, 6,
                 {arrivals(4),
                  {"caller leaves", caller_leaves},
                  pressed("2"),
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::busy),
                  {"agent hangs up", agent_hangs_up},
                  {"agent logs out", agent_logs_out},
                  {"agent is ready", agent_is_ready},
                  {"deadline comes", deadline_comes}});
}

Scope crash() {
    return scope("crash", "the process dies at any point, and again", rules_with_choices(), 7,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  pressed("1"),
                  {"phone rings", phone_rings},
                  {"offer is accepted", offer_is_accepted},
                  {"citizen answers", citizen_answers},
                  {"agent registers", agent_registers},
                  {"agent hangs up", agent_hangs_up},
                  {"deadline comes", deadline_comes},
                  {"process dies", process_dies}});
}

// A queue goes and comes back, an agent goes and comes back, tomorrow is free.
Scope rules() {
    const Configuration whole = small_rules();
    Configuration one_queue = whole;
    one_queue.queues.pop_back();
    one_queue.flows.pop_back();
    one_queue.numbers[1].flow = FlowId{"direct"};
    for (AgentRow& row : one_queue.agents) row.queues = {QueueId{"general"}};
    Configuration one_agent = whole;
    one_agent.agents.pop_back();
    return scope("rules", "other rules are published at any point", whole, 6,
                 {arrivals(3),
                  {"caller leaves", caller_leaves},
                  {"offer is accepted", offer_is_accepted},
                  declined(DeclineReason::rejected),
                  {"agent hangs up", agent_hangs_up},
                  {"agent registers", agent_registers},
                  {"agent logs out", agent_logs_out},
                  {"deadline comes", deadline_comes},
                  published(whole, "all"),
                  published(one_queue, "without housing"),
                  published(one_agent, "without basim")});
}

}  // namespace

std::span<const Scope> scopes() {
    static const std::vector<Scope> all{
        offers(), races(), agents(),  callbacks(), desk(),   waiting(),       crash(),
        rules(),  talks(), parties(), closures(),  nights(), dialled_ahead(), briefings()};
    return all;
}

}  // namespace amer::explore
