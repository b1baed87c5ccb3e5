#include "core/callback/due.h"
#include "core/callback/numbers.h"
#include "core/centre/rules.h"
#include "core/centre/waiting.h"
#include "core/centre/wordings.h"

namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;

using namespace wordings;

SpokenValue prompt_value(const char* placeholder, std::string id) {
    return SpokenValue{placeholder, SpokenValue::Kind::prompt, 0, std::move(id)};
}

SpokenValue digits_value(const char* placeholder, std::string digits) {
    return SpokenValue{placeholder, SpokenValue::Kind::digits, 0, std::move(digits)};
}

void say_instant(std::vector<SpokenValue>& values, const calendar::Calendar& calendar,
                 Instant instant) {
    const calendar::LocalTime local = calendar::local_time(calendar, instant);
    values.push_back(SpokenValue{"date", SpokenValue::Kind::date, 0, calendar::text_of(local.day)});
    values.push_back(SpokenValue{"time", SpokenValue::Kind::time, local.minute, ""});
}

// The hours of the week in which he will be called, without a promise those of this week; none when
// the calendar has none.
void say_hours(std::vector<SpokenValue>& values, const calendar::Calendar& calendar,
               Instant instant) {
    const auto week =
        calendar::week_in_force(calendar, calendar::local_time(calendar, instant).day);
    if (!week) return;
    std::string text;
    for (std::size_t weekday = 0; weekday < week->size(); weekday++) {
        char before = '=';
        for (const calendar::OpenSpan& span : (*week)[weekday]) {
            if (before == '=') text += fmt::format("{}{}", text.empty() ? "" : " ", weekday);
            text += fmt::format("{}{}-{}", before, span.from_minute, span.until_minute);
            before = '+';
        }
    }
    values.push_back(SpokenValue{"hours", SpokenValue::Kind::hours, 0, std::move(text)});
}

const char* status_prompt(Promise::State state) {
    switch (state) {
        case Promise::State::kept: return kStatusKept;
        case Promise::State::broken: return kStatusBroken;
        case Promise::State::withdrawn: return kStatusWithdrawn;
        case Promise::State::waiting:
        case Promise::State::offered:
        case Promise::State::dialling: break;
    }
    return kStatusOpen;
}

// His place is kept today: his turn by the clock, at the next five minutes. Nothing: it is not
// known, or it is not before the centre closes.
std::optional<Instant> turn_today(const Deciding& deciding, const Contact& contact,
                                  const Promise& promise) {
    constexpr std::chrono::minutes kRound{5};
    const Instant now = deciding.now();
    const bool is_his = contact.promise == promise.id && !contact.is_callback;
    if (!is_his || !promise.place || callback::due_at(promise) > now) return std::nullopt;
    const Standing standing = standing_of(deciding.world(), contact, now);
    const auto estimate = estimate_for(deciding.world(), standing, now);
    const auto closing = calendar::closing_of(deciding.world().calendar(), now);
    if (!estimate || !closing) return std::nullopt;
    const Instant expected = now + std::chrono::milliseconds{estimate->expected_ms};
    const auto since_midnight = expected.time_since_epoch() + kRound - Duration{1};
    const Instant turn{since_midnight - since_midnight % kRound};
    if (turn >= *closing) return std::nullopt;
    return turn;
}

// When he will be called: not an instant that has passed while nobody was there.
Window called_in(const Deciding& deciding, const Promise& promise) {
    const Instant at = callback::due_at(promise);
    if (at > deciding.now()) return Window{at, std::max(at, promise.due.until)};
    const calendar::Calendar& calendar = deciding.world().calendar_of(promise.queue);
    const auto next = calendar::next_opening(calendar, deciding.now());
    return next.value_or(promise.due);
}

void say_looked_up(std::vector<SpokenValue>& values, const Deciding& deciding,
                   const std::string& reference) {
    const World& world = deciding.world();
    const auto id = world.promise_of(reference);
    if (!id) return;
    values.push_back(digits_value("ref", reference));
    if (const Promise* open = world.find(*id)) {
        values.push_back(prompt_value("status", status_prompt(open->state)));
        say_instant(values, world.calendar(), called_in(deciding, *open).from);
    } else if (const callback::EndedPromise* ended = world.find_ended(*id)) {
        values.push_back(prompt_value("status", status_prompt(ended->state)));
        say_instant(values, world.calendar(), ended->due.from);
    }
}

// All that is known of him that a prompt may speak.
std::vector<SpokenValue> known_values(const Deciding& deciding, const Contact& contact,
                                      const std::optional<calendar::Holiday>& holiday) {
    const World& world = deciding.world();
    std::vector<SpokenValue> values;
    const Promise* promise = world.find(contact.promise);
    const flow::Step* step = world.step_of(contact, contact.step);
    const bool looks_up = step != nullptr && std::holds_alternative<flow::LookUp>(step->body);
    Instant called = deciding.now();
    if (promise != nullptr) {
        called =
            turn_today(deciding, contact, *promise).value_or(called_in(deciding, *promise).from);
    }
    if (looks_up) {
        say_looked_up(values, deciding, contact.reference);
    } else if (promise != nullptr) {
        values.push_back(digits_value("ref", promise->reference));
        say_instant(values, world.calendar(), called);
    }
    const calendar::Calendar& calendar =
        promise == nullptr ? world.calendar() : world.calendar_of(promise->queue);
    say_hours(values, calendar, called);
    if (const auto notice = world.notice_at(deciding.now())) {
        const Unit* area = world.unit_row(notice->area);
        if (area != nullptr) values.push_back(prompt_value("area", area->spoken.value));
    }
    if (contact.closing) {
        const calendar::LocalTime closing =
            calendar::local_time(world.calendar(), *contact.closing);
        values.push_back(SpokenValue{"closing", SpokenValue::Kind::time, closing.minute, ""});
    }
    if (holiday) values.push_back(prompt_value("holiday", "HOL-" + holiday->id));
    const std::optional<PhoneNumber>& number =
        promise != nullptr && promise->number ? promise->number : contact.caller.number;
    if (number) {
        const std::string& country = world.configuration().country;
        values.push_back(digits_value("number", callback::spoken_digits(*number, country)));
    }
    if (contact.left_message) {
        const auto left = static_cast<std::int64_t>(contact.left_message.value);
        values.push_back(SpokenValue{"message", SpokenValue::Kind::recording, left, ""});
    }
    if (const Queue* queue = world.queue_row(contact.queue)) {
        const Unit* unit = world.unit_row(queue->unit);
        if (unit != nullptr) values.push_back(prompt_value("department", unit->spoken.value));
    }
    return values;
}

// CLS-MSG names the day; today is said as "today", and a day that hangs on an unconfirmed moon
// sighting is not named at all.
PromptId wording_of_call_back(const Deciding& deciding, const Promise& promise) {
    const calendar::Calendar& calendar = deciding.world().calendar_of(promise.queue);
    const Window window = called_in(deciding, promise);
    if (calendar::rests_on_prediction(calendar, deciding.now(), window)) return kAfterToneNoDate;
    const calendar::LocalTime then = calendar::local_time(calendar, window.from);
    const calendar::LocalTime today = calendar::local_time(calendar, deciding.now());
    return then.day == today.day ? kAfterToneToday : kAfterTone;
}

// The prompt itself, or what is true in its place.
PromptId wording_of(const Deciding& deciding, const Contact& contact, const Promise& promise,
                    const PromptId& prompt) {
    if (prompt == kAfterTone) return wording_of_call_back(deciding, promise);
    if (prompt == kPlaceKept && !turn_today(deciding, contact, promise)) return kPlaceKeptNoTime;
    return prompt;
}

}  // namespace

std::vector<Saying> sayings_of_briefing(const World& world, const Promise& promise) {
    std::vector<Saying> sayings;
    const PromptId& briefing = world.configuration().promises.briefing;
    if (briefing.value.empty()) return sayings;
    if (promise.message) {
        Saying& saying = sayings.emplace_back(Saying{briefing, {}});
        saying.values.push_back(digits_value("ref", promise.reference));
        say_instant(saying.values, world.calendar(), promise.made_at);
        const auto message = static_cast<std::int64_t>(promise.message.value);
        saying.values.push_back(SpokenValue{"message", SpokenValue::Kind::recording, message, ""});
    }
    if (promise.tries_made > 0) {
        const SpokenValue tries{"n", SpokenValue::Kind::number, promise.tries_made, ""};
        sayings.push_back(Saying{kTriedBefore, {tries}});
    }
    return sayings;
}

std::vector<Saying> sayings_for(const Deciding& deciding, ContactId id,
                                const std::vector<PromptId>& prompts) {
    std::vector<Saying> sayings;
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || prompts.empty()) return sayings;
    const Promise* promise = deciding.world().find(contact->promise);
    std::optional<calendar::Holiday> holiday;
    if (promise != nullptr && !contact->is_callback) {
        const calendar::Calendar& calendar = deciding.world().calendar();
        holiday =
            calendar::holiday_on(calendar, calendar::local_time(calendar, deciding.now()).day);
    }
    const std::vector<SpokenValue> values = known_values(deciding, *contact, holiday);
    for (const PromptId& prompt : prompts) {
        if (prompt == kHoliday && !holiday) continue;
        const PromptId wording =
            promise == nullptr ? prompt : wording_of(deciding, *contact, *promise, prompt);
        sayings.push_back(Saying{wording, values});
    }
    return sayings;
}

}  // namespace amer::centre
