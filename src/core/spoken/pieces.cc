#include <array>
#include <unordered_map>

#include "core/spoken/arabic.h"
#include "core/spoken/clock.h"
#include "core/spoken/english.h"
#include "core/spoken/spoken.h"

namespace amer::spoken {
namespace {

using arabic::Case;
using arabic::Gender;

constexpr std::array<std::string_view, 7> kArabicDays{"الأَحَد",  "الاِثْنَيْن", "الثُّلاثاء", "الأَرْبِعاء",
                                                      "الخَميس", "الجُمُعَة",  "السَّبْت"};
constexpr std::array<std::string_view, 12> kArabicMonths{"يَنايِر",  "فَبْرايِر", "مارِس",   "أَبْريل",
                                                         "مايو",   "يونْيو",  "يولْيو",  "أَغُسْطُس",
                                                         "سِبْتَمْبِر", "أُكْتوبَر", "نوفَمْبِر", "ديسَمْبِر"};
constexpr std::array<std::string_view, 26> kArabicLetters{
    "إِيه", "بي", "سي", "دي",  "إي", "إِف", "جي", "إِتْش", "آي", "جيه",   "كيه", "إِل",  "إِم",
    "إِن",  "أو", "بي", "كيو", "آر", "إِس", "تي", "يو",  "في", "دَبِلْيو", "إِكْس", "واي", "زِد"};
constexpr std::array<std::string_view, 7> kEnglishDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kEnglishMonths{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

class Pieces {
public:
    void add(std::string_view kind, int number, const std::string& text) {
        add(std::string{kind} + "-" + std::to_string(number), text);
    }
    void add(std::string id, const std::string& text) {
        all_.push_back(Piece{std::move(id), arabic::display_from(text), text});
    }
    void add_quarters(std::string (*phrase)(int hour, int minute), Language language) {
        for (int minute = 0; minute < 24 * 60; minute += 15) {
            add(clock_pieces(minute / 60, minute % 60, language).front(),
                phrase(minute / 60, minute % 60));
        }
    }
    std::vector<Piece> taken() { return std::move(all_); }

private:
    std::vector<Piece> all_;
};

std::string abstract(int number) {
    return arabic::cardinal(number, Gender::masculine, Case::nominative);
}

std::string arabic_thousands(int thousands) {
    if (thousands == 1) return "أَلْف";
    if (thousands == 2) return "أَلْفان";
    return arabic::counted(thousands, {Gender::masculine, "أَلْف", "أَلْفَيْن", "آلاف", "واحِد"});
}

void add_arabic_numbers(Pieces& pieces) {
    for (int number = 0; number < 100; number++) {
        pieces.add("num", number, abstract(number));
    }
    for (int number = 1; number < 100; number++) {
        pieces.add("and", number, "وَ" + abstract(number));
    }
    for (int number = 100; number < 1000; number += 100) {
        pieces.add("num", number, abstract(number));
        pieces.add("and", number, "وَ" + abstract(number));
    }
    for (int thousands = 1; thousands < 10; thousands++) {
        pieces.add("num", thousands * 1000, arabic_thousands(thousands));
    }
    for (int digit = 0; digit < 10; digit++) {
        pieces.add("digit", digit, abstract(digit));
    }
}

std::vector<Piece> arabic_pieces() {
    Pieces pieces;
    add_arabic_numbers(pieces);
    const arabic::Noun minute{Gender::feminine, "دَقيقَة", "دَقيقَتَيْن", "دَقائِق", "واحِدَة"};
    const arabic::Noun hour{Gender::feminine, "ساعَة", "ساعَتَيْن", "ساعات", "واحِدَة"};
    pieces.add("minutes-0", "أَقَلَّ مِنْ دَقيقَة");
    for (int minutes = 1; minutes < 60; minutes++) {
        pieces.add("minutes", minutes, arabic::counted(minutes, minute));
        pieces.add("and-minutes", minutes, "وَ" + arabic::counted(minutes, minute));
    }
    for (int hours = 1; hours <= 24; hours++) {
        pieces.add("hours", hours, arabic::counted(hours, hour));
    }
    pieces.add_quarters(arabic_quarter, Language::arabic);
    for (int dial = 1; dial <= 12; dial++) {
        pieces.add("hour", dial, arabic::hour_ordinal(dial));
    }
    for (const PartOfDay& part : parts_of_day()) {
        if (part.id == "part-midnight") continue;  // only in whole phrases
        if (!part.arabic.empty()) pieces.add(std::string{part.id}, std::string{part.arabic});
    }
    for (std::size_t i = 0; i < kArabicDays.size(); i++) {
        pieces.add("weekday", static_cast<int>(i), "يَوْمِ " + std::string{kArabicDays[i]} + "،");
    }
    pieces.add("hours-from", "مِنَ السّاعَة");
    pieces.add("hours-until", "حَتّى السّاعَة");
    pieces.add("hours-and-from", "وَمِنَ السّاعَة");
    for (std::size_t i = 0; i < kArabicDays.size(); i++) {
        pieces.add("hours-on", static_cast<int>(i), "وَيَوْمَ " + std::string{kArabicDays[i]});
    }
    for (int day = 1; day <= 31; day++) {
        pieces.add("day", day, arabic::day_ordinal(day) + " مِنْ");
    }
    for (std::size_t i = 0; i < kArabicMonths.size(); i++) {
        pieces.add("month", static_cast<int>(i) + 1, std::string{kArabicMonths[i]});
    }
    for (std::size_t i = 0; i < kArabicLetters.size(); i++) {
        pieces.add(std::string{"letter-"} + static_cast<char>('a' + i),
                   std::string{kArabicLetters[i]});
    }
    pieces.add("pause", "");
    return pieces.taken();
}

void add_english_numbers(Pieces& pieces) {
    for (int number = 0; number < 100; number++) {
        pieces.add("num", number, english::cardinal(number));
    }
    for (int number = 1; number < 100; number++) {
        pieces.add("and", number, "and " + english::cardinal(number));
    }
    for (int number = 100; number < 1000; number += 100) {
        pieces.add("num", number, english::cardinal(number));
    }
    for (int thousands = 1; thousands < 10; thousands++) {
        pieces.add("num", thousands * 1000, english::cardinal(thousands) + " thousand");
    }
    for (int digit = 0; digit < 10; digit++) {
        pieces.add("digit", digit, english::cardinal(digit));
    }
}

// "five past" but "seven minutes past", as people say it.
std::string english_distance(int minutes, const std::string& direction) {
    if (minutes % 5 == 0) return english::cardinal(minutes) + " " + direction;
    return english::counted(minutes, "minute") + " " + direction;
}

std::vector<Piece> english_pieces() {
    Pieces pieces;
    add_english_numbers(pieces);
    pieces.add("minutes-0", "less than a minute");
    for (int minutes = 1; minutes < 60; minutes++) {
        pieces.add("minutes", minutes, english::counted(minutes, "minute"));
        pieces.add("and-minutes", minutes, "and " + english::counted(minutes, "minute"));
    }
    for (int hours = 1; hours <= 24; hours++) {
        pieces.add("hours", hours, english::counted(hours, "hour"));
    }
    pieces.add_quarters(english_quarter, Language::english);
    for (int minutes = 1; minutes < 30; minutes++) {
        if (minutes == 15) continue;
        pieces.add("past", minutes, english_distance(minutes, "past"));
        pieces.add("to", minutes, english_distance(minutes, "to"));
    }
    for (int dial = 1; dial <= 12; dial++) {
        pieces.add("hour", dial, english::cardinal(dial));
    }
    for (const PartOfDay& part : parts_of_day()) {
        if (!part.english.empty()) pieces.add(std::string{part.id}, std::string{part.english});
    }
    for (std::size_t i = 0; i < kEnglishDays.size(); i++) {
        pieces.add("weekday", static_cast<int>(i), std::string{kEnglishDays[i]} + ",");
    }
    pieces.add("hours-from", "from");
    pieces.add("hours-until", "until");
    pieces.add("hours-and-from", "and from");
    for (std::size_t i = 0; i < kEnglishDays.size(); i++) {
        pieces.add("hours-on", static_cast<int>(i), "and on " + std::string{kEnglishDays[i]});
    }
    for (int day = 1; day <= 31; day++) {
        pieces.add("day", day, "the " + english::ordinal(day) + " of");
    }
    for (std::size_t i = 0; i < kEnglishMonths.size(); i++) {
        pieces.add("month", static_cast<int>(i) + 1, std::string{kEnglishMonths[i]});
    }
    for (char letter = 'a'; letter <= 'z'; letter++) {
        pieces.add(std::string{"letter-"} + letter,
                   std::string(1, static_cast<char>(letter - 'a' + 'A')));
    }
    pieces.add("pause", "");
    return pieces.taken();
}

using Displays = std::unordered_map<std::string, std::string>;

Displays displays_of(Language language) {
    Displays displays;
    for (const Piece& piece : all_pieces(language)) {
        displays.emplace(piece.id, piece.display);
    }
    return displays;
}

}  // namespace

const std::vector<Piece>& all_pieces(Language language) {
    static const std::vector<Piece> kArabic = arabic_pieces();
    static const std::vector<Piece> kEnglish = english_pieces();
    return language == Language::arabic ? kArabic : kEnglish;
}

std::string display_of(const PieceIds& pieces, Language language) {
    static const Displays kArabic = displays_of(Language::arabic);
    static const Displays kEnglish = displays_of(Language::english);
    const Displays& displays = language == Language::arabic ? kArabic : kEnglish;
    std::string text;
    for (const std::string& id : pieces) {
        const auto found = displays.find(id);
        const std::string& display = found == displays.end() ? id : found->second;
        if (!text.empty() && !display.empty()) text += " ";
        text += display;
    }
    return text;
}

}  // namespace amer::spoken
