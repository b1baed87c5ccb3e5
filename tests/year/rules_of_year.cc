#include "rules_of_year.h"

#include "core/centre/example_centre.h"

namespace amer::year {

namespace {

using namespace centre;
using calendar::Calendar;
using calendar::Holiday;
using calendar::HolidayStatus;
using calendar::Scope;
using callback::AttemptOutcome;
using example::dubai;
using example::local_day;

calendar::WeekHours week(std::int32_t from, std::int32_t until, std::int32_t friday_from) {
    calendar::WeekHours hours;
    for (const std::size_t weekday : {1U, 2U, 3U, 4U}) hours[weekday] = {{from, until}};
    hours[5] = {{friday_from, 720}};
    return hours;
}

Holiday holiday(const char* id, calendar::LocalDay first, calendar::LocalDay last,
                HolidayStatus status = HolidayStatus::announced) {
    Holiday row;
    row.id = id;
    row.first_day = first;
    row.last_day = last;
    row.status = status;
    return row;
}

calendar::LocalDay day(unsigned month, unsigned day) { return local_day(2026, month, day); }

Calendar calendar_of_new_year() {
    constexpr auto kPredicted = HolidayStatus::predicted;
    Calendar rows;
    rows.name = "Ministry, Asia/Dubai";
    rows.zone = {calendar::ZoneRule{Instant{}, 240}};
    rows.weekly = {{local_day(2022, 1, 1), week(450, 990, 450)}};
    rows.dated = {
        {"Ramadan 1446", local_day(2025, 3, 1), local_day(2025, 3, 29), week(540, 870, 540)}};
    rows.holidays = {
        holiday("eid-al-fitr", local_day(2025, 3, 30), local_day(2025, 4, 1)),
        holiday("eid-al-adha", local_day(2025, 6, 5), local_day(2025, 6, 8)),
        holiday("hijri-new-year", local_day(2025, 6, 27), local_day(2025, 6, 27)),
        holiday("new-year", day(1, 1), day(1, 1), HolidayStatus::confirmed),
        holiday("eid-al-fitr", day(3, 20), day(3, 22), kPredicted),
        holiday("eid-al-adha", day(5, 26), day(5, 29), kPredicted),
        holiday("hijri-new-year", day(6, 16), day(6, 16), kPredicted),
        holiday("prophets-birthday", day(8, 25), day(8, 25), kPredicted),
        holiday("national-day", day(12, 2), day(12, 3)),
        holiday("new-year", local_day(2027, 1, 1), local_day(2027, 1, 1)),
    };
    return rows;
}

callback::AttemptRule rule(AttemptOutcome outcome, std::int32_t minutes, bool counts = true,
                           bool is_last = false) {
    return {outcome, minutes * 60'000, counts, is_last};
}

PromisePlan promises_of_year() {
    PromisePlan plan = example::configuration().promises;
    plan.shared_numbers = {example::phone(kSharedNumber)};
    plan.outcomes = {rule(AttemptOutcome::busy, 15), rule(AttemptOutcome::network, 5, false),
                     rule(AttemptOutcome::rejected, 180), rule(AttemptOutcome::voicemail, 60),
                     rule(AttemptOutcome::invalid_number, 0, true, true)};
    plan.call_from_minute = 8 * 60;
    plan.call_until_minute = 16 * 60;
    return plan;
}

// Callers may choose the office, and in every queue to be called back.
void open_office(Configuration& all) {
    Unit office{UnitId{kOffice}, Unit::Kind::branch, {}, PromptId{"UNIT-sharjah"}, kOffice};
    all.units.push_back(office);
    Queue queue;
    queue.id = QueueId{kOffice};
    queue.unit = office.id;
    all.queues.push_back(queue);
    for (flow::Flow& flow : all.flows) {
        if (flow.id != FlowId{"unified"}) continue;
        for (flow::Step& row : flow.steps) {
            if (auto* menu = std::get_if<flow::Menu>(&row.body)) {
                if (row.id == StepId{"menu"}) menu->keys["3"] = StepId{kOffice};
            } else if (auto* enqueue = std::get_if<flow::Enqueue>(&row.body)) {
                enqueue->callback_key = "1";
                enqueue->callback = StepId{"kept"};
            }
        }
        flow::Enqueue to_office{queue.id, 0, PromptId{"XFER"}, StepId{"message"}};
        to_office.callback_key = "1";
        to_office.callback = StepId{"kept"};
        flow.steps.push_back(example::step(kOffice, to_office));
        flow.steps.push_back(
            example::step("kept", flow::Say{{PromptId{"CB-OK"}}, true, StepId{"goodbye"}}));
    }
}

void employ(Configuration& all) {
    const std::vector<Language> both{Language::arabic, Language::english};
    const QueueId general{"general"};
    const QueueId housing{"housing"};
    const QueueId office{kOffice};
    all.agents = {example::agent("amal", {general, housing}, both),
                  example::agent("basim", {general, office}, both),
                  example::agent("carla", {general}, both),
                  example::agent("dana", {general, housing}, {Language::arabic}),
                  example::agent("eman", {office}, both),
                  example::agent("faris", {general}, {Language::english})};
    all.agent_plan.no_answer_ms = 30'000;
    all.promises.briefing = PromptId{"CB-BRIEF"};
}

void write_letters(Configuration& all) {
    using notification::Occasion;
    all.notifications.by_text = {Occasion::promise_made, Occasion::promise_redated,
                                 Occasion::promise_broken};
    all.notifications.by_mail = {Occasion::promise_broken, Occasion::promise_overdue,
                                 Occasion::no_opening};
    all.notifications.mail_to = {kDutyMail, "second@ministry.example"};
}

// The rules with the rows that were known then, each order's on top of the one before.
class Orders {
public:
    Orders() : rules_{rules_of_new_year()} {}

    void publish(const char* at, const char* what, auto change) {
        change(rules_.calendar);
        add(at, what, PublishConfiguration{rules_});
    }
    void announce(const char* at, Holiday row) {
        row.announced_on = calendar::local_time(rules_.calendar, dubai(at)).day;
        publish(at, "announced", [&](Calendar& rows) { rows.holidays.push_back(row); });
    }
    void close(const char* at, const char* id, const char* from, const char* until,
               const Scope& scope = {}) {
        calendar::Closure closure;
        closure.id = id;
        closure.from = dubai(from);
        closure.until = dubai(until);
        closure.scope = scope;
        add(at, "closed", CloseCentre{closure, "duty"});
    }
    void reopen(const char* at, const char* id) { add(at, "opened", ReopenCentre{id, "duty"}); }

    std::vector<Order> take() { return std::move(orders_); }

private:
    void add(const char* at, const char* what, Command command) {
        orders_.push_back({dubai(at), what, std::move(command)});
    }

    Configuration rules_;
    std::vector<Order> orders_;
};

void order_spring(Orders& orders) {
    orders.publish("2026-02-17 21:05:11", "Ramadan hours", [](Calendar& rows) {
        rows.dated.push_back({"Ramadan 1447", day(2, 18), day(3, 18), week(540, 870, 540)});
    });
    orders.close("2026-02-04 10:30:17", "water", "2026-02-04 10:00", "2026-02-04 14:00");
    orders.reopen("2026-02-04 12:11:43", "water");
    // The moon is seen the evening before; two days later the Cabinet makes a week of it.
    orders.announce("2026-03-18 19:12:30", holiday("eid-al-fitr", day(3, 19), day(3, 22)));
    orders.publish("2026-03-20 13:40:02", "Eid becomes a week", [](Calendar& rows) {
        for (Holiday& row : rows.holidays) {
            if (row.first_day == day(3, 19)) row.last_day = day(3, 27);
        }
    });
    orders.close("2026-04-16 11:10:09", "storm", "2026-04-16 11:00", "2026-04-17 12:00");
    orders.reopen("2026-04-17 08:41:30", "storm");
    orders.announce("2026-05-25 20:31:00", holiday("eid-al-adha", day(5, 27), day(5, 30)));
    orders.announce("2026-06-11 14:02:00", holiday("hijri-new-year", day(6, 15), day(6, 15)));
}

void order_autumn(Orders& orders) {
    const Scope office{Scope::Kind::office, kOffice};
    const Scope emirate{Scope::Kind::emirate, kOffice};
    // A closure that is known the day before, made longer, then called off.
    orders.close("2026-07-06 15:00:00", "power", "2026-07-07 07:30", "2026-07-07 12:00");
    orders.close("2026-07-07 09:20:05", "power", "2026-07-07 07:30", "2026-07-08 16:30");
    orders.reopen("2026-07-08 07:05:00", "power");
    orders.announce("2026-08-24 22:15:00", holiday("prophets-birthday", day(8, 28), day(8, 28)));
    orders.close("2026-09-08 10:31:40", "fire-alarm", "2026-09-08 10:31", "2026-09-08 13:00");
    orders.reopen("2026-09-08 11:44:10", "fire-alarm");
    Holiday local = holiday("emirate-day", day(10, 14), day(10, 14));
    local.scope = emirate;
    orders.announce("2026-10-13 12:00:00", local);
    orders.close("2026-10-20 09:15:30", "office-flood", "2026-10-20 09:15", "2026-10-21 16:30",
                 office);
    orders.publish("2026-11-09 15:59:00", "the office's own hours", [&](Calendar& rows) {
        rows.weekly.push_back({day(11, 10), week(480, 960, 450), office});
    });
    // Announced, and taken back on the very day.
    orders.announce("2026-11-16 18:00:00", holiday("mourning", day(11, 18), day(11, 19)));
    orders.publish("2026-11-18 10:20:00", "the second day is cancelled", [](Calendar& rows) {
        for (Holiday& row : rows.holidays) {
            if (row.id == "mourning") row.last_day = row.first_day;
        }
    });
    orders.close("2026-12-01 16:29:30", "evening", "2026-12-01 16:29", "2026-12-01 20:00");
}

}  // namespace

Configuration rules_of_new_year() {
    Configuration all = example::with_choices(example::configuration());
    all.calendar = calendar_of_new_year();
    all.promises = promises_of_year();
    open_office(all);
    employ(all);
    write_letters(all);
    return all;
}

std::vector<Order> orders_of_year() {
    Orders orders;
    order_spring(orders);
    order_autumn(orders);
    std::vector<Order> all = orders.take();
    std::stable_sort(all.begin(), all.end(),
                     [](const Order& one, const Order& other) { return one.at < other.at; });
    return all;
}

}  // namespace amer::year
