#pragma once

#include <cstdint>
#include <string>

// Arabic by rule: every function gives vowelled text for speech; display_from() takes the vowels
// off again. The last word stands in its pausal form unless a parameter says otherwise.
namespace amer::spoken::arabic {

enum class Gender : std::uint8_t { masculine, feminine };  // of what is counted
enum class Case : std::uint8_t { nominative, oblique };    // oblique: genitive or accusative

// A cardinal from 0 to 999 ("خَمْسَةٌ وَعِشْرونَ"): its own gender goes against that of what is
// counted from 3 to 10, as the language wants. Abstract counting is masculine nominative.
std::string cardinal(int number, Gender counted, Case grammatical_case);

// A noun to be counted, vowelled.
struct Noun {
    Gender gender = Gender::feminine;
    std::string singular;  // after 1, and after 11 to 99
    std::string dual;      // oblique: "دَقيقَتَيْن"
    std::string few;       // the plural after 3 to 10
    std::string one;       // "واحِدَة" or "واحِد"
};

// "دَقيقَة واحِدَة", "دَقيقَتَيْن", "خَمْسِ دَقائِق", "إِحْدى عَشْرَةَ دَقيقَة"; 1 to 99, oblique.
std::string counted(int number, const Noun& noun);

// The definite ordinal, oblique: "الخامِس", "الحادي وَالعِشْرين" for a day (masculine, 1 to 31),
// "الخامِسَةِ", "الثّانِيَةَ عَشْرَةَ" for an hour (feminine, 1 to 12).
std::string day_ordinal(int day);
std::string hour_ordinal(int hour);

// Without vowel marks, as people write it; the tanwin of "صباحًا" and "مساءً" stays.
std::string display_from(const std::string& vowelled);

}  // namespace amer::spoken::arabic
