// A small centre under thousands of random commands, legal and not, at random times. What the
// stories beside this file tell one by one must hold in any order.
#include <doctest/doctest.h>

#include "base/rng.h"
#include "core/centre/centre.h"
#include "core/centre/example_centre.h"
#include "core/centre/invariants.h"
#include "core/centre/laws.h"
#include "core/centre/queue_account.h"

namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;

// Rules that differ in what may be gone: a queue, an agent, a step, opening days.
Configuration some_rules(Rng& rng) {
    const bool has_survey = rng.below(3) != 0;
    Configuration rules = has_survey ? configuration_with_survey() : configuration();
    if (rng.below(2) == 0) {
        rules = with_choices(std::move(rules));
        rules.queues[0].most_waiting = static_cast<std::int32_t>(rng.below(4));
        rules.queues[0].nobody_after_ms = rng.below(2) == 0 ? 0 : 20'000;
        rules.queues[0].announce_every_ms = rng.below(2) == 0 ? 0 : 30'000;
        rules.queues[0].closing_grace_ms = rng.below(2) == 0 ? 0 : 600'000;
        rules.queues[0].wait_known_after = 1;
    }
    if (rng.below(3) == 0) rules.promises.shared_numbers = {phone("+971501234567")};
    rules.queues[0].longest_wait_ms = rng.below(3) == 0 ? 90'000 : 0;
    rules.promises.tries = static_cast<std::int32_t>(1 + rng.below(3));
    rules.promises.share_percent = rng.below(2) == 0 ? 100 : 40;
    if (rng.below(3) == 0) {
        rules.promises.outcomes = {{AttemptOutcome::busy, 900'000, true, false},
                                   {AttemptOutcome::network, 300'000, false, false},
                                   {AttemptOutcome::invalid_number, 0, true, true}};
    }
    if (rng.below(3) == 0) {
        using notification::Occasion;
        rules.notifications.by_text = {Occasion::promise_made, Occasion::promise_redated};
        rules.notifications.by_mail = {Occasion::promise_broken, Occasion::no_opening};
        rules.notifications.mail_to = {"centre@example.ae"};
    }
    if (rng.below(3) == 0) {
        for (flow::Flow& flow : rules.flows) {
            for (flow::Step& step : flow.steps) {
                auto* message = std::get_if<flow::TakeMessage>(&step.body);
                if (message != nullptr) message->review = PromptId{"CLS-REV"};
            }
        }
    }
    rules.promises.pause_ms = rng.below(2) == 0 ? 60'000 : 7'200'000;
    rules.recording.is_on = rng.below(4) != 0;
    rules.agents[0].wrap_up_ms = rng.below(2) == 0 ? 0 : 20'000;
    rules.agents[1].ready_on_register = rng.below(2) == 0;
    rules.agents[2].is_supervisor = rng.below(2) == 0;
    if (rng.below(2) == 0) {  // other ways to choose
        queue::Step first{{{SkillId{"loans"}, 2, 1}}, 1, 20'000};
        if (rng.below(2) == 0) first.needs.clear();
        queue::Step second{{}, 2, rng.below(2) == 0 ? 60'000 : 0};
        for (Queue& queue : rules.queues) {
            queue.strategy = static_cast<queue::Strategy>(rng.below(15));
            queue.last_agent_ms = rng.below(2) == 0 ? 0 : 30'000;
            queue.weight = static_cast<std::int32_t>(1 + rng.below(3));
            queue.counts_all_queues = rng.below(2) == 0;
            if (rng.below(2) == 0) queue.steps = {first, second};
        }
        for (AgentRow& row : rules.agents) {
            if (rng.below(2) == 0) row.skills = {{SkillId{"loans"}, 2}};
            row.queues[0].tier = static_cast<std::int32_t>(1 + rng.below(2));
        }
    }
    if (rng.below(3) == 0) rules.agents.pop_back();
    const bool has_housing = rng.below(3) != 0;
    if (has_housing && rng.below(2) == 0) {  // who waits may stand in the other queue too
        for (flow::Flow& flow : rules.flows) {
            for (flow::Step& step : flow.steps) {
                auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
                if (enqueue == nullptr || rng.below(3) == 0) continue;
                const bool is_general = enqueue->queue == QueueId{"general"};
                enqueue->also = {QueueId{is_general ? "housing" : "general"}};
            }
        }
    }
    if (!has_housing) {
        rules.queues.pop_back();
        rules.agents[0].queues = {QueueId{"general"}};
        for (flow::Step& step : rules.flows[0].steps) {
            if (auto* menu = std::get_if<flow::Menu>(&step.body)) {
                if (menu->keys.contains("1") && menu->keys["1"] == StepId{"housing"}) {
                    menu->keys["1"] = StepId{"general"};
                }
            }
        }
        auto& steps = rules.flows[0].steps;
        const auto is_gone = [](const flow::Step& step) { return step.id == StepId{"housing"}; };
        steps.erase(std::remove_if(steps.begin(), steps.end(), is_gone), steps.end());
    }
    if (rng.below(3) == 0) {  // a free week
        calendar::Holiday week;
        week.id = "eid";
        week.first_day = local_day(2026, 11, static_cast<unsigned>(16 + rng.below(6)));
        week.last_day = local_day(2026, 11, 24);
        rules.calendar.holidays.push_back(week);
    }
    if (rng.below(6) == 0) rules.calendar.weekly[0].hours = {};  // never open
    if (rng.below(3) == 0) {  // no menus: both numbers go straight to the queue
        for (DialledNumber& number : rules.numbers) number.flow = FlowId{"direct"};
        rules.flows.erase(rules.flows.begin());
    } else if (rng.below(3) == 0) {  // no greeting
        auto& steps = rules.flows[0].steps;
        rules.flows[0].first = StepId{"language"};
        steps.erase(steps.begin());
    }
    return rules;
}

struct Explorer {
    explicit Explorer(std::uint64_t seed) : rng{seed} {}

    template <typename Map>
    auto some_id(const Map& map, std::uint64_t last) {
        using IdType = typename Map::key_type;
        if (map.empty() || rng.below(8) == 0) return IdType{rng.below(last + 2)};
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(rng.below(map.size())))->first;
    }
    CloseCentre some_closure() {
        CloseCentre close;
        close.closure.from = now + std::chrono::minutes{rng.below(30)};
        close.closure.until = close.closure.from + std::chrono::minutes{rng.below(120)};
        if (rng.below(2) == 0) close.closure.scope = {calendar::Scope::Kind::office, "housing"};
        close.by = "w";
        return close;
    }
    ContactId contact() { return some_id(state.contacts, state.last.contact); }
    OfferId offer() { return some_id(state.offers, state.last.offer); }
    AgentId agent() {
        const char* const names[] = {"amal", "basim", "carla", "nobody"};
        return AgentId{names[rng.below(20) == 0 ? 3 : rng.below(3)]};
    }
    std::string key() { return std::string{"0123456789*#"[rng.below(12)]}; }

    OpenContact arrival() {
        const char* const callers[] = {"+971501234567", "+971502222222", "+971999", "+971600500500",
                                       "+96824000000"};
        OpenContact open;
        open.leg = LegId{rng.below(1000)};
        open.dialled = rng.below(20) == 0 ? "911" : rng.below(2) == 0 ? "600500500" : "8006679";
        if (rng.below(5) == 0) {
            open.caller.is_hidden = true;
        } else {
            open.caller.number = phone(callers[rng.below(5)]);
        }
        return open;
    }

    Command on_contact() {
        const ContactId id = contact();
        const auto found = state.contacts.find(id);
        switch (rng.below(8)) {
            case 0: return CallerConnected{id};
            case 1:
            case 2: return PressDigit{id, key()};
            case 3:
            case 4: {
                const bool is_right = found != state.contacts.end() && rng.below(8) != 0;
                return FinishPrompt{id,
                                    is_right ? found->second.playback : PlaybackId{rng.below(50)}};
            }
            case 5: return CallerLeft{id};
            case 6: return CustomerAnswered{id};
            default: return CustomerFailed{id, static_cast<AttemptOutcome>(rng.below(7))};
        }
    }

    // A contact somebody talks on, most of the time.
    ContactId talk() {
        for (const auto& [id, contact] : state.contacts) {
            const bool is_talked_on = contact.stage == contact::Contact::Stage::connected;
            if (is_talked_on && rng.below(2) == 0) return id;
        }
        return contact();
    }

    Command on_talk() {
        switch (rng.below(9)) {
            case 0:
                return TransferContact{talk(), QueueId{rng.below(2) == 0 ? "general" : "housing"},
                                       "w"};
            case 1:
            case 2: return ConsultAgent{talk(), agent()};
            case 3: return ConferAll{talk()};
            case 4: return HandOver{talk()};
            case 5: return DismissParty{talk(), agent()};
            case 6: return Supervise{talk(), agent(), static_cast<contact::Part>(rng.below(5))};
            case 7: return PauseRecording{talk(), "w"};
            default: return ResumeRecording{talk(), "w"};
        }
    }

    Command on_agent() {
        if (rng.below(3) == 0) return on_talk();
        switch (rng.below(13)) {
            case 8: return AssignContact{contact(), agent(), "w"};
            case 9:
                if (rng.below(6) == 0) return SetNotice{UnitId{"housing"}, now + 1h, "w"};
                if (rng.below(6) == 0) return EndNotice{"w"};
                if (rng.below(6) == 0) return some_closure();
                if (rng.below(6) == 0) return ReopenCentre{"", "w"};
                if (rng.below(4) == 0) {
                    const auto id = some_id(state.notifications, state.last.notification);
                    return ReportNotification{id, rng.below(3) != 0, "w"};
                }
                return PreferAgent{contact(), agent(), static_cast<std::int32_t>(rng.below(60'000)),
                                   "w"};
            case 10: return ExtendWrapUp{agent(), 10'000};
            case 11: return ReportPhoneUse{agent(), rng.below(3) == 0};
            case 12: return LoseAgent{contact(), agent()};
            case 0:
            case 1:
            case 2: return RegisterPhone{agent()};
            case 3: return UnregisterPhone{agent()};
            case 4: return SetReady{agent()};
            case 5: return SetNotReady{agent(), rng.below(2) == 0 ? "break" : "lunch"};
            case 6: return LogOut{agent()};
            default: return FinishWrapUp{agent()};
        }
    }

    // What a world that works would do next, so that calls come to their ends too.
    Command something_helpful() {
        std::vector<Command> useful;
        for (const auto& [id, offer] : state.offers) useful.push_back(AcceptOffer{id});
        for (const auto& [id, contact] : state.contacts) {
            using Stage = contact::Contact::Stage;
            if (contact.stage == Stage::arriving) useful.push_back(CallerConnected{id});
            if (contact.stage == Stage::dialling) useful.push_back(CustomerAnswered{id});
            if (contact.playback) useful.push_back(FinishPrompt{id, contact.playback});
            if (contact.stage == Stage::connected) useful.push_back(AgentLeft{id, contact.agent});
        }
        for (const auto& [id, pending] : state.recordings) {
            useful.push_back(FinishRecording{id, 5'000, 1, "hash", false});
        }
        for (const auto& [id, agent] : state.agents) {
            if (agent.state == agent::AgentState::logged_out) useful.push_back(RegisterPhone{id});
            if (agent.state == agent::AgentState::not_ready) useful.push_back(SetReady{id});
        }
        if (useful.empty()) return arrival();
        return useful[rng.below(useful.size())];
    }

    Command something() {
        if (helps && rng.below(2) == 0) return something_helpful();
        const bool is_full = state.contacts.size() > 12;
        if (is_full && rng.below(2) == 0) return CallerLeft{contact()};
        switch (rng.below(20)) {
            case 0:
            case 1:
            case 2: return arrival();
            case 3:
            case 4:
            case 5:
            case 6:
            case 7:
            case 8: return on_contact();
            case 9:
            case 10: return AcceptOffer{offer()};
            case 11: return ReportRinging{offer()};
            case 12: return DeclineOffer{offer(), static_cast<DeclineReason>(rng.below(3))};
            case 13: return AgentLeft{contact(), agent()};
            case 14: {
                const RecordingId id = some_id(state.recordings, state.last.recording);
                return FinishRecording{id, static_cast<std::int64_t>(rng.below(3000)), 1, "hash",
                                       rng.below(6) == 0};
            }
            case 15:
                if (rng.below(4) != 0) return Tick{};
                return WithdrawPromise{some_id(state.promises, state.last.promise), "w", "r"};
            case 16:
                if (rng.below(12) == 0) return RecoverFromCrash{};
                return Tick{};
            case 17:
                if (rng.below(6) == 0) return PublishConfiguration{some_rules(rng)};
                return on_contact();
            default: return on_agent();
        }
    }

    void time_passes() {
        switch (rng.below(12)) {
            case 0: now += std::chrono::seconds{rng.below(20)}; break;
            case 1:
                if (rng.below(3) == 0) now += std::chrono::minutes{rng.below(200)};
                break;
            case 2:
                if (rng.below(12) == 0) now += std::chrono::hours{rng.below(40)};
                break;
            default: now += std::chrono::milliseconds{rng.below(300)};
        }
    }

    void tell(const Command& command) {
        const Decision decision = decide(state, command, now);
        CHECK(decide(state, command, now) == decision);  // nothing was changed by deciding
        if (!decision) return;
        for (const std::string& sentence : apply_and_judge(state, command, *decision, now)) {
            FAIL_CHECK(sentence);
        }
        for (const Event& event : *decision) {
            for (const std::string& sentence : account.take(event)) FAIL_CHECK(sentence);
            journal.push_back({now, event});
        }
        for (const std::string& sentence : broken_invariants(state)) FAIL_CHECK(sentence);
    }

    // The engine's promise: a passed deadline gets Ticks until none is passed.
    void catch_up() {
        for (int ticks = 0; ticks < 2'000; ++ticks) {
            const std::optional<Instant> deadline = next_deadline(state);
            if (!deadline || *deadline > now) return;
            const std::size_t before = journal.size();
            tell(Tick{});
            if (journal.size() == before) {
                FAIL("a passed deadline that a Tick does not move");
            }
        }
        FAIL("Ticks without end");
    }

    Rng rng;
    bool helps = false;
    State state;
    QueueAccount account;
    Instant now = dubai("2026-11-18 15:00");
    std::vector<std::pair<Instant, Event>> journal;
};

void explore(std::uint64_t seed, int steps) {
    CAPTURE(seed);
    Explorer explorer{seed};
    explorer.helps = seed % 3 != 0;
    explorer.tell(RecoverFromCrash{});
    explorer.tell(PublishConfiguration{seed % 2 == 0 ? some_rules(explorer.rng) : configuration()});
    for (int step = 0; step < steps; ++step) {
        CAPTURE(step);
        explorer.time_passes();
        if (explorer.rng.below(4) != 0) explorer.catch_up();
        explorer.tell(explorer.something());
    }
    // Two recoveries: the second finds nothing to do.
    explorer.tell(RecoverFromCrash{});
    CHECK(explorer.state.contacts.empty());
    CHECK(explorer.account.waiting() == 0);
    CHECK(explorer.state.retired_flows.empty());
    const Decision again = decide(explorer.state, RecoverFromCrash{}, explorer.now);
    REQUIRE(again);
    CHECK(*again == std::vector<Event>{CentreRecovered{0}});

    State replayed;
    for (const auto& [at, event] : explorer.journal) apply(replayed, event, at);
    CHECK(replayed == explorer.state);

    // Every promise that was ever made is open or has an end.
    std::set<PromiseId> open;
    for (const auto& [at, event] : explorer.journal) {
        if (const auto* made = std::get_if<PromiseMade>(&event)) open.insert(made->promise.id);
        if (const auto* kept = std::get_if<PromiseKept>(&event)) open.erase(kept->promise);
        if (const auto* broken = std::get_if<PromiseBroken>(&event)) open.erase(broken->promise);
        if (const auto* gone = std::get_if<PromiseWithdrawn>(&event)) open.erase(gone->promise);
    }
    for (const PromiseId promise : open) CHECK(explorer.state.promises.contains(promise));
    CHECK(open.size() == explorer.state.promises.size());
}

}  // namespace

TEST_CASE("whatever comes in whatever order, the invariants hold and the journal says it all") {
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)  // the sanitized builds
    constexpr std::uint64_t kLives = 15;
#else
    constexpr std::uint64_t kLives = 60;
#endif
    for (std::uint64_t seed = 1; seed <= kLives; ++seed) explore(seed, 600);
}

TEST_CASE("events of other lives change nothing and break nothing") {
    // Two centres' journals applied to a third: ids that mean nothing or something else there.
    Explorer one{7001};
    Explorer other{7002};
    for (Explorer* explorer : {&one, &other}) {
        explorer->tell(PublishConfiguration{configuration()});
        for (int step = 0; step < 400; ++step) {
            explorer->time_passes();
            explorer->catch_up();
            explorer->tell(explorer->something());
        }
    }
    State state;
    Rng rng{7003};
    for (std::size_t at = 0; at < one.journal.size(); ++at) {
        const auto& journal = rng.below(2) == 0 ? one.journal : other.journal;
        const auto& [instant, event] = journal[rng.below(journal.size())];
        apply(state, event, instant);
    }
    State rebuilt = state;
    rebuild_indexes(rebuilt);
    CHECK(rebuilt.directory == state.directory);
}

}  // namespace amer::centre::example
