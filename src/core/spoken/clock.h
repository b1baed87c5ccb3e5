#pragma once

#include "core/spoken/spoken.h"

// Times of the day: whole phrases for the quarters of an hour, which sound best and are what
// opening hours are made of; hour, minutes and part of the day for the rest.
namespace amer::spoken {

PieceIds clock_pieces(int hour, int minute, Language language);

// "السّابِعَةِ وَالنِّصْفِ صَباحًا", "half past seven in the morning": minute 0, 15, 30 or 45.
std::string arabic_quarter(int hour, int minute);
std::string english_quarter(int hour, int minute);

// Parts of the day: piece id, Arabic and English text ("" where a language needs it not).
struct PartOfDay {
    std::string_view id;
    std::string_view arabic;
    std::string_view english;
};
const std::vector<PartOfDay>& parts_of_day();

}  // namespace amer::spoken
