#include "core/spoken/clock.h"

#include <array>

#include "core/spoken/arabic.h"
#include "core/spoken/english.h"

namespace amer::spoken {
namespace {

enum Part : std::size_t { midnight, small_hours, morning, noon, afternoon, evening, night };

const PartOfDay& part(Part of_day) { return parts_of_day()[of_day]; }

// What Arabic says after the hour: ظهرًا until three, مساءً from then on, the small hours
// بعد منتصف الليل.
const PartOfDay& arabic_part(int hour) {
    if (hour < 4) return part(small_hours);
    if (hour < 12) return part(morning);
    return part(hour < 15 ? noon : evening);
}

const PartOfDay& english_part(int hour) {
    if (hour == 0 || hour >= 21) return part(night);
    if (hour < 12) return part(morning);
    return part(hour < 18 ? afternoon : evening);
}

int on_the_dial(int hour) { return (hour + 11) % 12 + 1; }

std::string hour_piece(int hour) { return "hour-" + std::to_string(on_the_dial(hour)); }

PieceIds english_minutes(int hour, int minute) {
    const std::string part_id{english_part(hour).id};
    if (minute <= 30) return {"past-" + std::to_string(minute), hour_piece(hour), part_id};
    return {"to-" + std::to_string(60 - minute), hour_piece(hour + 1), part_id};
}

}  // namespace

const std::vector<PartOfDay>& parts_of_day() {
    static const std::vector<PartOfDay> kParts{
        {"part-midnight", "مُنْتَصَفَ اللَّيْل", ""},
        {"part-small-hours", "بَعْدَ مُنْتَصَفِ اللَّيْل", ""},
        {"part-morning", "صَباحًا", "in the morning"},
        {"part-noon", "ظُهْرًا", ""},
        {"part-afternoon", "", "in the afternoon"},
        {"part-evening", "مَساءً", "in the evening"},
        {"part-night", "", "at night"},
    };
    return kParts;
}

PieceIds clock_pieces(int hour, int minute, Language language) {
    if (minute % 15 == 0) {
        const auto two_digits = [](int number) {
            return std::string{number < 10 ? "0" : ""} + std::to_string(number);
        };
        return {"time-" + two_digits(hour) + two_digits(minute)};
    }
    if (language == Language::english) return english_minutes(hour, minute);
    return {hour_piece(hour), "and-minutes-" + std::to_string(minute),
            std::string{arabic_part(hour).id}};
}

std::string arabic_quarter(int hour, int minute) {
    if (minute != 45) {
        constexpr std::array<std::string_view, 3> kQuarters{"", " وَالرُّبْعِ", " وَالنِّصْفِ"};
        const std::string_view named =
            hour == 0 && minute == 0 ? part(midnight).arabic : arabic_part(hour).arabic;
        return arabic::hour_ordinal(on_the_dial(hour)) +
               std::string{kQuarters[static_cast<std::size_t>(minute / 15)]} + " " +
               std::string{named};
    }
    // The coming hour less a quarter goes with that hour's part of the day.
    const int coming = (hour + 1) % 24;
    const std::string_view named = coming == 0 ? part(midnight).arabic : arabic_part(coming).arabic;
    return arabic::hour_ordinal(on_the_dial(coming)) + " إِلّا رُبْعًا " + std::string{named};
}

std::string english_quarter(int hour, int minute) {
    if (minute == 0 && hour == 0) return "midnight";
    if (minute == 0 && hour == 12) return "twelve noon";
    constexpr std::array<std::string_view, 4> kQuarters{"", "a quarter past ", "half past ",
                                                        "a quarter to "};
    const int named = minute == 45 ? hour + 1 : hour;
    const std::string o_clock = minute == 0 ? " o'clock" : "";
    return std::string{kQuarters[static_cast<std::size_t>(minute / 15)]} +
           english::cardinal(on_the_dial(named)) + o_clock + " " +
           std::string{english_part(hour).english};
}

}  // namespace amer::spoken
