#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

#include <fmt/format.h>

#include "core/spoken/clock.h"
#include "core/spoken/spoken.h"

namespace amer::spoken {
namespace {

constexpr std::int64_t kLargestNumber = 9999;
constexpr std::int64_t kMinutesOfDay = 24 * 60;

std::string piece(std::string_view kind, std::int64_t number) {
    return std::string{kind} + "-" + std::to_string(number);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Numbers are heard in groups: the last four, the rest in threes from the front.
bool begins_group(std::size_t place, std::size_t count) {
    if (place == 0 || count <= 4) return false;
    const std::size_t front = count - 4;
    if (place > front) return false;
    return place == front || (place % 3 == 0 && front - place >= 2);
}

std::optional<std::chrono::year_month_day> day_from(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t length) {
        unsigned value = 0;
        const char* const begin = text.data() + from;
        const auto read = std::from_chars(begin, begin + length, value);
        return read.ec == std::errc{} && read.ptr == begin + length ? value : 0;
    };
    const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(part(0, 4))},
                                          std::chrono::month{part(5, 2)},
                                          std::chrono::day{part(8, 2)}};
    return day.ok() ? std::optional{day} : std::nullopt;
}

PieceIds words_of(std::string_view text) {
    PieceIds words;
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return words;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

PieceIds say_date_text(const std::string& text, Language language) {
    const auto day = day_from(text);
    if (!day) return {};
    const std::chrono::weekday weekday{std::chrono::sys_days{*day}};
    return say_date(weekday.c_encoding(), unsigned{day->day()}, unsigned{day->month()}, language);
}

}  // namespace

PieceIds say_number(std::int64_t number, Language language) {
    if (number < 0 || number > kLargestNumber) return say_digits(std::to_string(number));
    if (number < 100) return {piece("num", number)};
    PieceIds pieces;
    const std::int64_t thousands = number / 1000 * 1000;
    const std::int64_t hundreds = number % 1000 / 100 * 100;
    const std::int64_t rest = number % 100;
    if (thousands != 0) pieces.push_back(piece("num", thousands));
    if (hundreds != 0) {
        // "ألف ومئتان", but "one thousand two hundred".
        const bool is_joined = thousands != 0 && language == Language::arabic;
        pieces.push_back(piece(is_joined ? "and" : "num", hundreds));
    }
    if (rest != 0) pieces.push_back(piece("and", rest));
    return pieces;
}

PieceIds say_minutes(std::int64_t minutes, Language) {
    const std::int64_t length = std::clamp<std::int64_t>(minutes, 0, kMinutesOfDay);
    if (length < 60) return {piece("minutes", length)};
    PieceIds pieces{piece("hours", length / 60)};
    if (length % 60 != 0) pieces.push_back(piece("and-minutes", length % 60));
    return pieces;
}

PieceIds say_time(int hour, int minute, Language language) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
    return clock_pieces(hour, minute, language);
}

PieceIds say_date(unsigned weekday, unsigned day, unsigned month, Language) {
    if (weekday > 6 || day < 1 || day > 31 || month < 1 || month > 12) return {};
    return {piece("weekday", weekday), piece("day", day), piece("month", month)};
}

PieceIds say_digits(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    PieceIds pieces;
    for (std::size_t i = 0; i < digits.size(); i++) {
        if (begins_group(i, digits.size())) pieces.emplace_back("pause");
        pieces.push_back(piece("digit", digits[i] - '0'));
    }
    return pieces;
}

PieceIds say_reference(std::string_view reference) {
    PieceIds pieces;
    const auto say_group = [&](std::string_view written) {
        std::string group;
        std::copy_if(written.begin(), written.end(), std::back_inserter(group),
                     [](char c) { return is_digit(c) || is_letter(c); });
        if (group.empty()) return;
        if (!pieces.empty()) pieces.emplace_back("pause");
        if (std::all_of(group.begin(), group.end(), is_digit)) {
            const PieceIds digits = say_digits(group);
            pieces.insert(pieces.end(), digits.begin(), digits.end());
            return;
        }
        for (const char c : group) {
            if (is_digit(c)) {
                pieces.push_back(piece("digit", c - '0'));
            } else {
                pieces.push_back(std::string{"letter-"} + static_cast<char>(c | 0x20));
            }
        }
    };
    std::size_t begin = 0;
    while (begin < reference.size()) {
        const std::size_t end = std::min(reference.find_first_of("- /", begin), reference.size());
        say_group(reference.substr(begin, end - begin));
        begin = end + 1;
    }
    return pieces;
}

PieceIds say_value(const SpokenValue& value, Language language) {
    using Kind = SpokenValue::Kind;
    switch (value.kind) {
        case Kind::number: return say_number(value.amount, language);
        case Kind::minutes: return say_minutes(value.amount, language);
        case Kind::digits: return say_reference(value.text);
        case Kind::date: return say_date_text(value.text, language);
        case Kind::time:
            if (value.amount < 0 || value.amount >= kMinutesOfDay) return {};
            return say_time(static_cast<int>(value.amount / 60),
                            static_cast<int>(value.amount % 60), language);
        case Kind::hours: return say_hours(value.text, language);
        case Kind::prompt: return words_of(value.text);
        case Kind::recording: return {fmt::format("{}{}", kRecordingPiece, value.amount)};
    }
    return {};
}

}  // namespace amer::spoken
