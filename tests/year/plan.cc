// What the year holds: who rings when, who works when, what is ordered, what goes wrong.
#include "base/overloaded.h"
#include "core/centre/example_centre.h"
#include "year.h"

namespace amer::year {

using namespace centre;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr int kCallsAtAnyHour = 260;  // of a week; about 200 of them find the centre closed
constexpr int kCallsOfWorkingDay = 22;
constexpr int kRush = 16;  // once a week within minutes
constexpr std::uint64_t kPeople = 2'500;
constexpr int kMishaps = 60;
constexpr int kSurprises = 8;  // closures that nobody expected
constexpr int kMostTries = 30;
constexpr Duration kLastSecond{59s};

Instant first_day() { return example::dubai("2026-01-01 00:00"); }

}  // namespace

std::optional<PhoneNumber> Year::draw_number() {
    const std::uint64_t which = draws.below(100);
    std::string tail = std::to_string(1'000'000 + draws.below(kPeople) * 37);
    if (which == 0) return example::phone("+971999");
    if (which == 1) return example::phone("+971600500500");
    if (which == 2) return example::phone("+971900212345");
    if (which < 6) return example::phone(kSharedNumber);
    if (which < 10) return example::phone("+9689" + tail);
    if (which < 16) return example::phone("+9714" + tail.replace(0, 1, "2"));
    return example::phone("+97150" + tail);
}

Caller Year::draw_caller() {
    Caller caller;
    caller.number = draw_number();
    caller.is_hidden = draws.chance(12);
    caller.dialled = draws.chance(60) ? "600500500" : "8006679";
    return caller;
}

void Year::plan_call(Instant when) {
    const bool is_in_year = first_day() <= when && when < last_call_;
    if (!is_in_year) return;
    at(
        when, [this] { ring(draw_caller()); }, Life::world);
}

void Year::plan_week(Instant monday) {
    for (int call = 0; call < kCallsAtAnyHour; ++call) {
        plan_call(monday + draws.between(0s, days{7} - 1s));
    }
    for (int day = 0; day < 7; ++day) {
        const Instant midnight = monday + days{day};
        for (const Duration edge :
             {Duration{0}, Duration{7h + 29min + kLastSecond}, Duration{7h + 30min},
              Duration{11h + 59min + kLastSecond}, Duration{12h},
              Duration{16h + 29min + kLastSecond}, Duration{16h + 30min}}) {
            plan_call(midnight + edge);
        }
        if (day > 4) continue;
        for (int call = 0; call < kCallsOfWorkingDay; ++call) {
            plan_call(midnight + draws.between(7h + 30min, 16h + 30min));
        }
    }
    const Instant rush = monday + days{draws.below(5)} + draws.between(8h, 11h);
    for (int call = 0; call < kRush; ++call) plan_call(rush + draws.between(0s, 4min));
}

void Year::plan_calls() {
    for (Instant monday = first_day() - days{3}; monday < last_call_; monday += days{7}) {
        plan_week(monday);
    }
}

void Year::order(const Order& order) {
    at(
        order.at, [this, order] { follow_order(order); }, Life::world);
}

bool Year::is_done(const Command& command) {
    const State& state = witness.state();
    const auto closed = [&](const std::string& id, const auto& is_right) {
        return std::any_of(state.closures.begin(), state.closures.end(),
                           [&](const auto& row) { return row.id == id && is_right(row); });
    };
    return std::visit(
        Overloaded{[&](const PublishConfiguration& publish) {
                       const calendar::Calendar& rows = publish.configuration.calendar;
                       const calendar::Calendar& now = state.configuration.calendar;
                       return now.holidays == rows.holidays && now.dated == rows.dated &&
                              now.weekly == rows.weekly;
                   },
                   [&](const CloseCentre& close) {
                       return closed(close.closure.id, [&](const calendar::Closure& row) {
                           return row.until == close.closure.until;
                       });
                   },
                   [&](const ReopenCentre& reopen) {
                       return closed(reopen.closure, [&](const calendar::Closure& row) {
                           return row.until <= clock_.now();
                       });
                   },
                   [](const auto&) { return true; }},
        command);
}

// Whoever ordered it looks whether it was done, and orders it again.
void Year::follow_order(const Order& order) {
    const bool gives_up = clock_.now() > order.at + std::chrono::minutes{kMostTries};
    if (gives_up || is_done(order.command)) return;
    post(order.command);
    in(
        1min, [this, order] { follow_order(order); }, Life::world);
}

void Year::plan_orders() {
    for (const Order& each : orders_of_year()) order(each);
    for (int number = 1; number <= kSurprises; ++number) {
        calendar::Closure closure;
        closure.id = "surprise-" + std::to_string(number);
        const Instant when = first_day() + draws.between(Duration{days{5}}, Duration{days{360}});
        closure.from = when;
        closure.until = when + draws.between(20min, 9h);
        order({when, "closed", CloseCentre{closure, "duty"}});
        if (draws.chance(50)) {
            const Duration after = draws.between(10min, closure.until - when);
            order({when + after, "opened", ReopenCentre{closure.id, "duty"}});
        }
    }
}

void Year::plan_mishaps() {
    for (int number = 0; number < kMishaps; ++number) {
        const Instant when = first_day() + draws.between(Duration{1h}, Duration{days{364}});
        const auto mishap = static_cast<Mishap>(draws.below(3));
        const std::uint64_t length = 1 + draws.below(3);
        at(
            when,
            [this, mishap, length] {
                for (std::uint64_t write = 0; write < length; ++write) journal.plan(write, mishap);
            },
            Life::world);
        const Instant death = first_day() + draws.between(Duration{1h}, Duration{days{364}});
        at(
            death, [] { throw ProcessDied{}; }, Life::world);
    }
}

void Year::plan_days() {
    const Instant end = last_call_ + days{15};
    for (Instant morning = first_day() + 6h; morning < end; morning += days{1}) {
        at(
            morning, [this, morning] { begin_day(morning); }, Life::world);
    }
}

// Who comes in the morning goes by the calendar he knows then; now and then somebody is there on a
// holiday, or until late, and nobody is called the sooner for it.
void Year::begin_day(Instant morning) {
    const calendar::Calendar& rows = witness.state().configuration.calendar;
    const calendar::LocalDay today = calendar::local_time(rows, morning).day;
    const std::optional<Window> hours = calendar::hours_of(rows, today);
    for (const char* const name : kAgents) {
        const Window usual = hours.value_or(Window{morning + 2h, morning + 6h});
        const bool comes = draws.chance(hours ? 88 : 6);
        const Instant from = usual.from + draws.between(-15min, 10min);
        const Instant until = usual.until + draws.between(-10min, 100min);
        if (comes) plan_shift(AgentId{name}, from, until);
    }
    if (draws.chance(30)) {
        at(
            morning + draws.between(0s, 12h), [this] { withdraw_one(); }, Life::world);
    }
}

void Year::plan_shift(const AgentId& agent, Instant from, Instant until) {
    const auto say = [&](Instant when, const Command& command) {
        at(
            when, [this, command] { post(command); }, Life::world);
    };
    at(
        from, [this, agent] { on_shift_.insert(agent); }, Life::world);
    say(from, RegisterPhone{agent});
    for (Instant when = from + draws.exponential(2h); when < until - 20min;
         when += 10min + draws.exponential(2h)) {
        if (manners_.agent_accepts == 100) break;
        const Duration away = draws.lognormal(5min);
        say(when, SetNotReady{agent, "break"});
        say(when + away, SetReady{agent});
    }
    at(
        until, [this, agent] { on_shift_.erase(agent); }, Life::world);
    say(until, LogOut{agent});
}

void Year::withdraw_one() {
    const auto& promises = witness.state().promises;
    if (promises.empty()) return;
    const auto which = static_cast<std::ptrdiff_t>(draws.below(promises.size()));
    post(WithdrawPromise{std::next(promises.begin(), which)->first, "desk", "settled by letter"});
}

}  // namespace amer::year
