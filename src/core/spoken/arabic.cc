#include "core/spoken/arabic.h"

#include <array>
#include <string_view>

#include "base/check.h"

namespace amer::spoken::arabic {
namespace {

using Words = std::array<std::string_view, 11>;

// Construct stems of 3 to 10; the feminine noun takes the bare one, the masculine one adds ة.
constexpr Words kBareStem{"", "", "", "ثَلاث", "أَرْبَع", "خَمْس", "سِتّ", "سَبْع", "ثَمان", "تِسْع", "عَشْر"};
constexpr Words kStemWithTa{"",    "",     "",       "ثَلاثَة", "أَرْبَعَة", "خَمْسَة",
                            "سِتَّة", "سَبْعَة", "ثَمانِيَة", "تِسْعَة",  "عَشَرَة"};
constexpr std::array<std::string_view, 10> kTens{"",    "",   "عِشْر", "ثَلاث", "أَرْبَع",
                                                 "خَمْس", "سِتّ", "سَبْع", "ثَمان", "تِسْع"};
constexpr std::array<std::string_view, 10> kHundreds{
    "", "مِئَة", "", "ثَلاثُمِئَة", "أَرْبَعُمِئَة", "خَمْسُمِئَة", "سِتُّمِئَة", "سَبْعُمِئَة", "ثَمانِمِئَة", "تِسْعُمِئَة"};

constexpr std::string_view kAnd = " وَ";

bool is_feminine(Gender gender) { return gender == Gender::feminine; }

// The unit of a compound such as 25, with its indefinite ending.
std::string unit_before_ten(int unit, Gender counted, Case in_case) {
    const bool is_oblique = in_case == Case::oblique;
    const bool feminine = is_feminine(counted);
    const std::string tanwin = is_oblique ? "ٍ" : "ٌ";
    if (unit == 1) return feminine ? "إِحْدى" : "واحِد" + tanwin;
    if (unit == 2 && feminine) return is_oblique ? "اثْنَتَيْنِ" : "اثْنَتانِ";
    if (unit == 2) return is_oblique ? "اثْنَيْنِ" : "اثْنانِ";
    if (unit == 8 && feminine) return "ثَمانٍ";
    const auto place = static_cast<std::size_t>(unit);
    return std::string{feminine ? kBareStem[place] : kStemWithTa[place]} + tanwin;
}

std::string teen(int number, Gender counted, Case in_case) {
    const bool is_oblique = in_case == Case::oblique;
    const bool feminine = is_feminine(counted);
    const std::string ten = feminine ? " عَشْرَةَ" : " عَشَرَ";
    if (number == 11) return (feminine ? "إِحْدى" : "أَحَدَ") + ten;
    if (number == 12 && feminine) return (is_oblique ? "اثْنَتَيْ" : "اثْنَتا") + ten;
    if (number == 12) return (is_oblique ? "اثْنَيْ" : "اثْنا") + ten;
    if (number == 18 && feminine) return "ثَمانِيَ" + ten;
    const auto unit = static_cast<std::size_t>(number - 10);
    return std::string{feminine ? kBareStem[unit] : kStemWithTa[unit]} + "َ" + ten;
}

std::string tens_word(int tens, Case in_case) {
    return std::string{kTens[static_cast<std::size_t>(tens)]} +
           (in_case == Case::oblique ? "ينَ" : "ونَ");
}

std::string below_hundred(int number, Gender counted, Case in_case) {
    const bool is_oblique = in_case == Case::oblique;
    const bool feminine = is_feminine(counted);
    if (number == 0) return "صِفْر";
    if (number == 1) return feminine ? "واحِدَة" : "واحِد";
    if (number == 2 && feminine) return is_oblique ? "اثْنَتَيْن" : "اثْنَتان";
    if (number == 2) return is_oblique ? "اثْنَيْن" : "اثْنان";
    if (number == 8 && feminine) return "ثَمانٍ";
    if (number <= 10) {
        return std::string{(feminine ? kBareStem : kStemWithTa)[static_cast<std::size_t>(number)]};
    }
    if (number < 20) return teen(number, counted, in_case);
    const std::string tens = tens_word(number / 10, in_case);
    if (number % 10 == 0) return tens;
    return unit_before_ten(number % 10, counted, in_case) + std::string{kAnd} + tens;
}

}  // namespace

std::string cardinal(int number, Gender counted, Case grammatical_case) {
    AMER_CHECK(number >= 0 && number <= 999);
    if (number < 100) return below_hundred(number, counted, grammatical_case);
    std::string text = number / 100 == 2
                           ? (grammatical_case == Case::oblique ? "مِئَتَيْن" : "مِئَتان")
                           : std::string{kHundreds[static_cast<std::size_t>(number / 100)]};
    if (number % 100 == 0) return text;
    return text + std::string{kAnd} + below_hundred(number % 100, counted, grammatical_case);
}

std::string counted(int number, const Noun& noun) {
    AMER_CHECK(number >= 1 && number <= 99);
    if (number == 1) return noun.singular + " " + noun.one;
    if (number == 2) return noun.dual;
    if (number > 10) return cardinal(number, noun.gender, Case::oblique) + " " + noun.singular;
    const auto place = static_cast<std::size_t>(number);
    const bool feminine = is_feminine(noun.gender);
    if (number == 8 && feminine) return "ثَماني " + noun.few;
    return std::string{(feminine ? kBareStem : kStemWithTa)[place]} + "ِ " + noun.few;
}

std::string day_ordinal(int day) {
    AMER_CHECK(day >= 1 && day <= 31);
    constexpr std::array<std::string_view, 11> kFirst{"",       "الأَوَّل",  "الثّاني", "الثّالِث",
                                                      "الرّابِع", "الخامِس", "السّادِس", "السّابِع",
                                                      "الثّامِن", "التّاسِع", "العاشِر"};
    // Before ten and twenty the first is الحادي, and every unit stands in the accusative or
    // genitive.
    const auto unit = static_cast<std::size_t>(day % 10);
    const std::string_view first = unit == 1 ? "الحادي" : kFirst[unit];
    const std::string ending = unit > 2 ? "َ" : "";
    if (day <= 10) return std::string{kFirst[static_cast<std::size_t>(day)]};
    if (day < 20) return std::string{first} + ending + " عَشَر";
    const std::string tens = day < 30 ? "العِشْرينَ" : "الثَّلاثينَ";
    if (unit == 0) return tens;
    return std::string{first} + (unit > 2 ? "ِ" : "") + std::string{kAnd} + tens;
}

std::string hour_ordinal(int hour) {
    AMER_CHECK(hour >= 1 && hour <= 12);
    constexpr std::array<std::string_view, 13> kHours{
        "",        "الواحِدَةِ", "الثّانِيَةِ", "الثّالِثَةِ", "الرّابِعَةِ",      "الخامِسَةِ",     "السّادِسَةِ",
        "السّابِعَةِ", "الثّامِنَةِ", "التّاسِعَةِ", "العاشِرَةِ", "الحادِيَةَ عَشْرَةَ", "الثّانِيَةَ عَشْرَةَ"};
    return std::string{kHours[static_cast<std::size_t>(hour)]};
}

std::string display_from(const std::string& vowelled) {
    constexpr std::string_view kAlef = "\xd8\xa7";
    constexpr std::string_view kHamza = "\xd8\xa1";
    constexpr std::string_view kTanwinFath = "\xd9\x8b";
    std::string plain;
    for (std::size_t i = 0; i < vowelled.size();) {
        const std::string_view rest = std::string_view{vowelled}.substr(i);
        // U+064B to U+0652, all of them two bytes: D9 8B to D9 92.
        const bool is_mark = rest.size() >= 2 && rest[0] == '\xd9' &&
                             static_cast<unsigned char>(rest[1]) >= 0x8b &&
                             static_cast<unsigned char>(rest[1]) <= 0x92;
        if (!is_mark) {
            plain += rest[0];
            i++;
            continue;
        }
        const bool is_tanwin = rest.substr(0, 2) == kTanwinFath;
        const bool is_written =
            is_tanwin && (rest.substr(2, 2) == kAlef || plain.ends_with(kHamza));
        if (is_written) plain += kTanwinFath;
        i += 2;
    }
    return plain;
}

}  // namespace amer::spoken::arabic
