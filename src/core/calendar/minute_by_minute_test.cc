// The calendar against a second one that is slow and obvious: it walks minute by minute and asks
// each minute everything anew. Random calendars, a fixed seed each.
#include "base/rng.h"
#include "core/calendar/test_calendars.h"
#include "core/calendar/working_time.h"

using namespace amer::calendar;
using namespace amer::calendar::test;
using amer::Duration;
using amer::Instant;
using amer::Rng;
using amer::Window;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

namespace {

int between(Rng& rng, int least, int most) {
    return least + static_cast<int>(rng.below(static_cast<std::uint64_t>(most - least + 1)));
}

LocalDay random_day(Rng& rng) {
    return LocalDay{sys_days{day("2026-03-01")} + days{between(rng, 0, 45)}};
}

// In steps of its own: compilers differ in which operand of a sum draws first.
Instant random_instant(Rng& rng) {
    const LocalDay on_day = random_day(rng);
    return sys_days{on_day} + minutes{between(rng, 0, 1439)};
}

WeekHours random_week(Rng& rng) {
    WeekHours week;
    for (auto& spans : week) {
        for (int count = between(rng, 0, 3); count > 0; count--) {
            const int from = between(rng, 0, 95) * 15;
            spans.push_back(OpenSpan{from, std::min(24 * 60, from + between(rng, 1, 40) * 15)});
        }
    }
    return week;
}

Calendar random_calendar(Rng& rng) {
    Calendar calendar;
    Instant from{};
    for (int rules = between(rng, 1, 3); rules > 0; rules--) {
        const int hours = between(rng, -12, 14);
        const int half_hours = between(rng, 0, 1);
        calendar.zone.push_back(ZoneRule{from, hours * 60 + half_hours * 30});
        const days later{60 * static_cast<int>(calendar.zone.size() - 1)};
        from = random_instant(rng) + later;
    }
    calendar.weekly.push_back(WeeklyProfile{day("2020-01-01"), random_week(rng)});
    for (int count = between(rng, 0, 2); count > 0; count--) {
        calendar.weekly.push_back(WeeklyProfile{random_day(rng), random_week(rng)});
    }
    for (int count = between(rng, 0, 2); count > 0; count--) {
        const LocalDay first = random_day(rng);
        const LocalDay last{sys_days{first} + days{between(rng, 0, 12)}};
        calendar.dated.push_back(DatedProfile{"dated", first, last, random_week(rng)});
    }
    for (int count = between(rng, 0, 3); count > 0; count--) {
        Holiday row;
        row.first_day = random_day(rng);
        const int longest = rng.below(8) == 0 ? 60 : 9;
        row.last_day = LocalDay{sys_days{row.first_day} + days{between(rng, 0, longest)}};
        row.status = static_cast<HolidayStatus>(between(rng, 0, 3));
        row.id = std::string(1, static_cast<char>('a' + between(rng, 0, 9)));
        calendar.holidays.push_back(row);
    }
    for (int count = between(rng, 0, 2); count > 0; count--) {
        Closure closure;
        closure.from = random_instant(rng);
        closure.until = closure.from + minutes{between(rng, 1, 3000)};
        calendar.closures.push_back(closure);
    }
    return calendar;
}

// What the wall clock shows and whether the door is open, by reading every row from the top.
struct SlowMinute {
    int day_number = 0;
    bool is_open = false;
};

// A prediction that a decision with its id has come for, at most sixty days from it.
bool is_overruled(const Calendar& calendar, const Holiday& row) {
    if (row.status != HolidayStatus::predicted) return false;
    for (const Holiday& other : calendar.holidays) {
        const auto apart = sys_days{other.first_day} - sys_days{row.first_day};
        const bool is_decided = other.status != HolidayStatus::predicted;
        const bool is_same_feast = apart >= days{-60} && apart <= days{60};
        if (other.id == row.id && is_decided && is_same_feast) return true;
    }
    return false;
}

SlowMinute slow_look(const Calendar& calendar, Instant instant) {
    int offset = calendar.zone[0].offset_minutes;
    for (std::size_t i = 1; i < calendar.zone.size(); i++) {
        if (instant >= calendar.zone[i].from) offset = calendar.zone[i].offset_minutes;
    }
    const auto wall_minutes =
        std::chrono::floor<minutes>(instant.time_since_epoch()).count() + offset;
    SlowMinute look;
    look.day_number = static_cast<int>(wall_minutes >= 0 ? wall_minutes / 1440
                                                         : -((-wall_minutes + 1439) / 1440));
    const int minute = static_cast<int>(wall_minutes - look.day_number * 1440LL);
    const int weekday = ((look.day_number + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday

    const auto number_of = [](LocalDay of) {
        return static_cast<int>(sys_days{of}.time_since_epoch().count());
    };
    const WeekHours* hours = nullptr;
    int begun = 0;
    for (const WeeklyProfile& row : calendar.weekly) {
        const int since = number_of(row.effective_from);
        if (since <= look.day_number && (hours == nullptr || since >= begun)) {
            hours = &row.hours;
            begun = since;
        }
    }
    bool is_dated = false;
    for (const DatedProfile& row : calendar.dated) {
        const int since = number_of(row.first_day);
        if (since > look.day_number || number_of(row.last_day) < look.day_number) continue;
        if (!is_dated || since >= begun) {
            hours = &row.hours;
            begun = since;
        }
        is_dated = true;
    }
    if (hours == nullptr) return look;
    for (const OpenSpan& span : (*hours)[static_cast<std::size_t>(weekday)]) {
        look.is_open = look.is_open || (minute >= span.from_minute && minute < span.until_minute);
    }
    for (const Holiday& row : calendar.holidays) {
        if (is_overruled(calendar, row)) continue;
        const bool is_on = row.status != HolidayStatus::cancelled &&
                           number_of(row.first_day) <= look.day_number &&
                           look.day_number <= number_of(row.last_day);
        if (is_on) look.is_open = false;
    }
    for (const Closure& row : calendar.closures) {
        if (instant >= row.from && instant < row.until) look.is_open = false;
    }
    return look;
}

// The walk over 33 days of minutes that answers every question by looking.
struct Walk {
    std::optional<Window> opening;
    std::optional<Instant> closing;
};

Walk slow_walk(const Calendar& calendar, Instant now) {
    Walk walk;
    const SlowMinute first = slow_look(calendar, now);
    bool was_open = slow_look(calendar, now - minutes{1}).is_open;
    int opening_day = 0;
    for (Instant minute = now; minute < now + days{33}; minute += minutes{1}) {
        const SlowMinute look = slow_look(calendar, minute);
        const bool is_in_horizon = look.day_number <= first.day_number + 30;
        if (!walk.closing && first.is_open && is_in_horizon && !look.is_open) walk.closing = minute;
        if (!walk.opening && is_in_horizon && look.is_open && !was_open) {
            walk.opening = Window{minute, minute};
            opening_day = look.day_number;
        }
        if (walk.opening && look.is_open && look.day_number == opening_day) {
            walk.opening->until = minute + minutes{1};
        }
        was_open = look.is_open;
    }
    return walk;
}

// Working time by counting minutes, over 60 days.
struct Count {
    std::optional<Instant> end_of_day;  // of the wished working day
    std::optional<Instant> enough;      // when the wished open minutes have passed
    int open_minutes = 0;
};

Count slow_count(const Calendar& calendar, Instant from, int working_days, int open_minutes) {
    Count count;
    int last_day = slow_look(calendar, from).day_number;
    for (Instant minute = from; minute < from + days{60}; minute += minutes{1}) {
        const SlowMinute look = slow_look(calendar, minute);
        if (!look.is_open) continue;
        if (++count.open_minutes == open_minutes) count.enough = minute + minutes{1};
        if (look.day_number > last_day) {
            last_day = look.day_number;
            --working_days;
        }
        const bool is_the_day = working_days == 0 && look.day_number == last_day;
        if (is_the_day) count.end_of_day = minute + minutes{1};
    }
    return count;
}

}  // namespace

TEST_CASE("random calendars answer as the slow walk does") {
    int openings = 0;
    int closings = 0;
    int none = 0;
    for (std::uint64_t seed = 1; seed <= 200; seed++) {
        CAPTURE(seed);
        Rng rng{seed};
        const Calendar calendar = random_calendar(rng);
        const Instant now = random_instant(rng);
        const Walk walk = slow_walk(calendar, now);
        CHECK(is_open(calendar, now) == slow_look(calendar, now).is_open);
        CHECK(next_opening(calendar, now) == walk.opening);
        CHECK(closing_of(calendar, now) == walk.closing);
        openings += walk.opening ? 1 : 0;
        closings += walk.closing ? 1 : 0;
        none += walk.opening ? 0 : 1;
    }
    // The seeds must have met every kind of answer, or the comparison says little.
    CHECK(openings > 100);
    CHECK(closings > 25);
    CHECK(none > 2);
}

TEST_CASE("working time of random calendars is what counting minutes gives") {
    int days_found = 0;
    int times_found = 0;
    for (std::uint64_t seed = 1; seed <= 100; seed++) {
        CAPTURE(seed);
        Rng rng{seed};
        Calendar calendar = random_calendar(rng);
        calendar.zone.resize(1);  // where the clock steps, a day is not what a minute says
        const Instant from = random_instant(rng);
        const int working_days = between(rng, 1, 12);
        const int open_minutes = between(rng, 1, 6'000);
        const Count count = slow_count(calendar, from, working_days, open_minutes);
        const auto end = end_of_working_day(calendar, from, working_days);
        const auto enough = after_open_time(calendar, from, minutes{open_minutes});
        if (end && *end < from + days{59}) CHECK(end == count.end_of_day);
        if (enough && *enough < from + days{59}) CHECK(enough == count.enough);
        CHECK(open_time_between(calendar, from, from + days{60}) ==
              Duration{minutes{count.open_minutes}});
        days_found += end ? 1 : 0;
        times_found += enough ? 1 : 0;
    }
    CHECK(days_found > 80);
    CHECK(times_found > 80);
}

TEST_CASE("every wall minute of a random zone leads to an instant that shows it, or to a step") {
    for (std::uint64_t seed = 1; seed <= 100; seed++) {
        CAPTURE(seed);
        Rng rng{seed};
        const Calendar calendar = random_calendar(rng);
        const LocalDay on_day = random_day(rng);
        const std::int32_t minute = between(rng, 0, 1439);
        const Instant instant = instant_of(calendar, on_day, minute);
        const LocalTime local = local_time(calendar, instant);
        const bool shows_it = local.day == on_day && local.minute == minute;
        const bool is_step =
            std::any_of(calendar.zone.begin() + 1, calendar.zone.end(),
                        [&](const ZoneRule& rule) { return rule.from == instant; });
        CHECK((shows_it || is_step));
    }
}
