#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/terms/terms.h"

// Values become lists of piece ids. A piece is a short recording, rendered at set-up or recorded
// by a person, one file each; the set is finite and the same words say any value. Pure.
namespace amer::spoken {

using PieceIds = std::vector<std::string>;  // spoken one after the other

struct Piece {
    std::string id;       // "num-25"; [a-z0-9-]
    std::string display;  // as written for eyes
    std::string speech;   // as given to a speech program; empty for a pause

    bool operator==(const Piece&) const = default;
};

// Every piece that the functions below can name, in a fixed order (about 600).
const std::vector<Piece>& all_pieces(Language language);

// The display texts of pieces, joined; an unknown id stands as itself. For logs and tests.
std::string display_of(const PieceIds& pieces, Language language);

// A cardinal; outside 0 to 9999 its digits one by one.
PieceIds say_number(std::int64_t number, Language language);
// A length of time with the plural the language wants, "about" left to the prompt: below one
// "less than a minute"; from an hour on hours and minutes; never more than 24 hours.
PieceIds say_minutes(std::int64_t minutes, Language language);
// A time of the day, 0 to 23 and 0 to 59. Arabic follows "الساعة", English stands alone.
PieceIds say_time(int hour, int minute, Language language);
// "Sunday, the fifth of June"; weekday 0 is Sunday. The year is not said.
PieceIds say_date(unsigned weekday, unsigned day, unsigned month, Language language);
// The hours of a week, written "1=450-990 5=450-720+780-1020": weekday (0 is Sunday), then minutes
// since midnight, half-open spans joined by '+'. What most days have comes first, other days by
// their name: "from half past seven in the morning until ... and on Friday until twelve noon".
// What cannot be read says nothing.
PieceIds say_hours(std::string_view week, Language language);
// Digits one by one with a pause between groups; what is no digit is left out.
PieceIds say_digits(std::string_view digits);
// As say_digits, with Latin letters; a dash or blank is a pause.
PieceIds say_reference(std::string_view reference);

// A piece of this name and a number is no rendered sound but a recording (RecordingId).
inline constexpr std::string_view kRecordingPiece{"recording-"};

// What a placeholder holds. A value out of range or unreadable (a date that is none) says nothing.
PieceIds say_value(const SpokenValue& value, Language language);

// A prompt cut at its placeholders, as one line of the rendered prompts' index says it:
// "CLS-MSG CLS-MSG.1 {date} CLS-MSG.2 {time}". A prompt without placeholders is its own piece.
struct Script {
    struct Part {
        bool is_placeholder = false;
        std::string name;  // a piece id, or the placeholder without braces

        bool operator==(const Part&) const = default;
    };
    std::string prompt;
    std::vector<Part> parts;

    bool operator==(const Script&) const = default;
};

Result<Script> parse_script(std::string_view line);

// The whole prompt with its values. A placeholder without a value says nothing.
PieceIds say_script(const Script& script, const std::vector<SpokenValue>& values,
                    Language language);

}  // namespace amer::spoken
