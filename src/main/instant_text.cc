#include "main/instant_text.h"

#include <cstdlib>
#include <optional>

#include <fmt/format.h>

namespace amer {
namespace {

// Takes exactly `digits` digits from the front; nothing when they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int number = 0;
    for (const char digit : text.substr(0, digits)) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take_one_of(std::string_view& text, std::string_view any) {
    if (text.empty() || any.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Duration> take_fraction(std::string_view& text) {
    if (!take_one_of(text, ".")) return Duration{0};
    std::int64_t fraction = 0;
    std::int64_t scale = 1'000'000;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (scale > 1) {
            scale /= 10;
            fraction += (text.front() - '0') * scale;
        }
        text.remove_prefix(1);
    }
    return Duration{fraction};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (take_one_of(text, "Zz")) return std::chrono::minutes{0};
    const bool is_west = !text.empty() && text.front() == '-';
    if (!take_one_of(text, "+-")) return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take_one_of(text, ":")) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset{*hours * 60 + *minutes};
    return is_west ? -offset : offset;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take_one_of(text, "-")) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take_one_of(text, "-")) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::optional<std::chrono::seconds> take_time(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take_one_of(text, ":")) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59 || !take_one_of(text, ":")) return std::nullopt;
    const auto second = take_digits(text, 2);
    if (!second || *second > 59) return std::nullopt;
    return std::chrono::seconds{*hour * 3600 + *minute * 60 + *second};
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    const auto wrong = [whole = std::string{text}] {
        return failure(fmt::format(
            "\"{}\" is not an instant: expected a text such as 2026-11-19T18:00:00+04:00", whole));
    };
    const auto day = take_day(text);
    if (!day || !take_one_of(text, "Tt ")) return wrong();
    const auto time = take_time(text);
    if (!time) return wrong();
    const auto fraction = take_fraction(text);
    if (!fraction) return wrong();
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return wrong();
    return Instant{*day} + *time + *fraction - *offset;
}

std::string format_instant(Instant instant, std::int32_t offset_minutes) {
    const Instant local = instant + std::chrono::minutes{offset_minutes};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(local - day)};
    std::string text = fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int{date.year()}, unsigned{date.month()},
        unsigned{date.day()}, time.hours().count(), time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
    if (offset_minutes == 0) return text + "Z";
    const int away = std::abs(offset_minutes);
    return text +
           fmt::format("{}{:02}:{:02}", offset_minutes < 0 ? '-' : '+', away / 60, away % 60);
}

}  // namespace amer
