#include <doctest/doctest.h>

#include <regex>
#include <set>

#include "core/spoken/english.h"
#include "core/spoken/spoken.h"

using namespace amer;
using namespace amer::spoken;

namespace {

std::string in_arabic(const PieceIds& pieces) { return display_of(pieces, Language::arabic); }
std::string in_english(const PieceIds& pieces) { return display_of(pieces, Language::english); }

}  // namespace

TEST_CASE("numbers") {
    const auto arabic = [](int number) { return in_arabic(say_number(number, Language::arabic)); };
    const auto english = [](int number) {
        return in_english(say_number(number, Language::english));
    };
    CHECK(arabic(0) == "صفر");
    CHECK(arabic(3) == "ثلاثة");
    CHECK(arabic(25) == "خمسة وعشرون");
    CHECK(arabic(100) == "مئة");
    CHECK(arabic(101) == "مئة وواحد");
    CHECK(arabic(121) == "مئة وواحد وعشرون");
    CHECK(arabic(1200) == "ألف ومئتان");
    CHECK(arabic(2024) == "ألفان وأربعة وعشرون");
    CHECK(arabic(8999) == "ثمانية آلاف وتسعمئة وتسعة وتسعون");
    CHECK(english(0) == "zero");
    CHECK(english(12) == "twelve");
    CHECK(english(21) == "twenty-one");
    CHECK(english(40) == "forty");
    CHECK(english(101) == "one hundred and one");
    CHECK(english(121) == "one hundred and twenty-one");
    CHECK(english(1200) == "one thousand two hundred");
    CHECK(english(9999) == "nine thousand nine hundred and ninety-nine");
    CHECK(english(10000) == "one zero zero zero zero");  // pauses are silent
    CHECK(english(-1) == "one");
}

TEST_CASE("minutes take the plural the language wants") {
    const auto arabic = [](int minutes) {
        return in_arabic(say_minutes(minutes, Language::arabic));
    };
    const auto english = [](int minutes) {
        return in_english(say_minutes(minutes, Language::english));
    };
    CHECK(arabic(0) == "أقل من دقيقة");
    CHECK(arabic(1) == "دقيقة واحدة");
    CHECK(arabic(2) == "دقيقتين");
    CHECK(arabic(7) == "سبع دقائق");
    CHECK(arabic(11) == "إحدى عشرة دقيقة");
    CHECK(arabic(60) == "ساعة واحدة");
    CHECK(arabic(75) == "ساعة واحدة وخمس عشرة دقيقة");
    CHECK(arabic(182) == "ثلاث ساعات ودقيقتين");
    CHECK(arabic(100000) == "أربع وعشرين ساعة");
    CHECK(english(-5) == "less than a minute");
    CHECK(english(1) == "one minute");
    CHECK(english(12) == "twelve minutes");
    CHECK(english(61) == "one hour and one minute");
    CHECK(english(120) == "two hours");
}

TEST_CASE("times of the day in Arabic") {
    const auto said = [](int hour, int minute) {
        return in_arabic(say_time(hour, minute, Language::arabic));
    };
    CHECK(said(7, 30) == "السابعة والنصف صباحًا");
    CHECK(said(16, 30) == "الرابعة والنصف مساءً");
    CHECK(said(12, 0) == "الثانية عشرة ظهرًا");
    CHECK(said(0, 0) == "الثانية عشرة منتصف الليل");
    CHECK(said(9, 0) == "التاسعة صباحًا");
    CHECK(said(13, 0) == "الواحدة ظهرًا");
    CHECK(said(14, 15) == "الثانية والربع ظهرًا");
    CHECK(said(15, 0) == "الثالثة مساءً");
    CHECK(said(7, 45) == "الثامنة إلا ربعًا صباحًا");
    CHECK(said(11, 45) == "الثانية عشرة إلا ربعًا ظهرًا");
    CHECK(said(23, 45) == "الثانية عشرة إلا ربعًا منتصف الليل");
    CHECK(said(0, 30) == "الثانية عشرة والنصف بعد منتصف الليل");
    CHECK(said(10, 5) == "العاشرة وخمس دقائق صباحًا");
    CHECK(said(20, 59) == "الثامنة وتسع وخمسين دقيقة مساءً");
}

TEST_CASE("times of the day in English") {
    const auto said = [](int hour, int minute) {
        return in_english(say_time(hour, minute, Language::english));
    };
    CHECK(said(7, 30) == "half past seven in the morning");
    CHECK(said(16, 30) == "half past four in the afternoon");
    CHECK(said(12, 0) == "twelve noon");
    CHECK(said(0, 0) == "midnight");
    CHECK(said(9, 0) == "nine o'clock in the morning");
    CHECK(said(14, 15) == "a quarter past two in the afternoon");
    CHECK(said(7, 45) == "a quarter to eight in the morning");
    CHECK(said(23, 45) == "a quarter to twelve at night");
    CHECK(said(12, 30) == "half past twelve in the afternoon");
    CHECK(said(10, 5) == "five past ten in the morning");
    CHECK(said(10, 7) == "seven minutes past ten in the morning");
    CHECK(said(12, 40) == "twenty to one in the afternoon");
    CHECK(said(20, 59) == "one minute to nine in the evening");
    CHECK(say_time(24, 0, Language::english).empty());
    CHECK(say_time(0, 60, Language::english).empty());
}

TEST_CASE("dates") {
    CHECK(in_arabic(say_date(0, 5, 6, Language::arabic)) == "يوم الأحد، الخامس من يونيو");
    CHECK(in_arabic(say_date(3, 31, 12, Language::arabic)) ==
          "يوم الأربعاء، الحادي والثلاثين من ديسمبر");
    CHECK(in_english(say_date(0, 5, 6, Language::english)) == "Sunday, the fifth of June");
    CHECK(in_english(say_date(1, 12, 8, Language::english)) == "Monday, the twelfth of August");
    CHECK(in_english(say_date(5, 20, 11, Language::english)) ==
          "Friday, the twentieth of November");
    CHECK(in_english(say_date(6, 31, 1, Language::english)) ==
          "Saturday, the thirty-first of January");
    CHECK(say_date(7, 1, 1, Language::english).empty());
    CHECK(say_date(0, 32, 1, Language::english).empty());
}

TEST_CASE("English ordinals") {
    const std::vector<std::string> given{"first", "second", "third",    "fourth",
                                         "fifth", "sixth",  "seventh",  "eighth",
                                         "ninth", "tenth",  "eleventh", "twelfth"};
    for (std::size_t i = 0; i < given.size(); i++) {
        CHECK(english::ordinal(static_cast<int>(i) + 1) == given[i]);
    }
    CHECK(english::ordinal(22) == "twenty-second");
    CHECK(english::ordinal(30) == "thirtieth");
}

TEST_CASE("the hours of a week: what most days have, then the other days by name") {
    const auto arabic = [](const char* week) {
        return in_arabic(say_hours(week, Language::arabic));
    };
    const auto english = [](const char* week) {
        return in_english(say_hours(week, Language::english));
    };
    const char* const usual = "1=450-990 2=450-990 3=450-990 4=450-990 5=450-720";
    CHECK(arabic(usual) ==
          "من الساعة السابعة والنصف صباحًا حتى الساعة الرابعة والنصف مساءً "
          "ويوم الجمعة حتى الساعة الثانية عشرة ظهرًا");
    CHECK(english(usual) ==
          "from half past seven in the morning until half past four in the afternoon "
          "and on Friday until twelve noon");
    CHECK(english("0=540-840 1=540-840 2=600-840 3=540-840") ==
          "from nine o'clock in the morning until two o'clock in the afternoon "
          "and on Tuesday from ten o'clock in the morning until two o'clock in the afternoon");
    CHECK(english("1=480-720+780-1020") ==
          "from eight o'clock in the morning until twelve noon "
          "and from one o'clock in the afternoon until five o'clock in the afternoon");
    CHECK(english("0=480-960 1=480-960 5=480-720 6=480-720 3=480-960") ==
          "from eight o'clock in the morning until four o'clock in the afternoon "
          "and on Friday and on Saturday until twelve noon");
    CHECK(english("6=0-1440") == "from midnight until midnight");
    for (const char* bad : {"", "1", "1=", "7=450-990", "1=990-450", "1=450-1441", "1=450-990 ",
                            "1=450-990,2=450-990", "1=450-990+", "1=-5-7", "1=99999999999-1"}) {
        CHECK(english(bad).empty());
    }
}

TEST_CASE("digits come one by one, the last four together") {
    CHECK(say_digits("2041") == PieceIds{"digit-2", "digit-0", "digit-4", "digit-1"});
    const auto groups = [](std::string_view digits) {
        std::string text;
        for (const std::string& id : say_digits(digits)) {
            text += id == "pause" ? ' ' : id.back();
        }
        return text;
    };
    CHECK(groups("0501234567") == "050 123 4567");
    CHECK(groups("+971501234567") == "971 501 23 4567");
    CHECK(groups("600500500") == "600 50 0500");
    CHECK(groups("8006679") == "800 6679");
    CHECK(groups("12345") == "1 2345");
    CHECK(groups("").empty());
}

TEST_CASE("references have letters and pauses") {
    CHECK(say_reference("A-17") == PieceIds{"letter-a", "pause", "digit-1", "digit-7"});
    CHECK(say_reference("--x9--") == PieceIds{"letter-x", "digit-9"});
    CHECK(say_reference("2611/0042").size() == 9);
    CHECK(say_reference("é").empty());
}

TEST_CASE("a value says itself by its kind") {
    using Kind = SpokenValue::Kind;
    const auto said = [](Kind kind, std::int64_t amount, std::string text) {
        return say_value(SpokenValue{"x", kind, amount, std::move(text)}, Language::english);
    };
    CHECK(in_english(said(Kind::number, 4, "")) == "four");
    CHECK(in_english(said(Kind::minutes, 4, "")) == "four minutes");
    CHECK(in_english(said(Kind::time, 450, "")) == "half past seven in the morning");
    CHECK(in_english(said(Kind::date, 0, "2026-11-20")) == "Friday, the twentieth of November");
    CHECK(in_english(said(Kind::digits, 0, "+9712")) == "nine seven one two");
    CHECK(said(Kind::prompt, 0, "UNIT-housing") == PieceIds{"UNIT-housing"});
    CHECK(said(Kind::prompt, 0, " STA-OPEN  BYE ") == PieceIds{"STA-OPEN", "BYE"});
    for (const char* bad :
         {"", "2026-13-01", "2026-02-30", "20-11-2026", "2026-11-2x", "2026/11/20"}) {
        CHECK(said(Kind::date, 0, bad).empty());
    }
    CHECK(said(Kind::time, 1440, "").empty());
    CHECK(said(Kind::time, -1, "").empty());
}

TEST_CASE("a prompt is its parts with the values between them") {
    const auto script = parse_script("CLS-MSG CLS-MSG.1 {date} CLS-MSG.2 {time}");
    REQUIRE(script);
    CHECK(script->prompt == "CLS-MSG");
    using Kind = SpokenValue::Kind;
    const std::vector<SpokenValue> values{{"time", Kind::time, 450, ""},
                                          {"date", Kind::date, 0, "2026-11-20"}};
    CHECK(say_script(*script, values, Language::english) ==
          PieceIds{"CLS-MSG.1", "weekday-5", "day-20", "month-11", "CLS-MSG.2", "time-0730"});
    CHECK(say_script(*script, {}, Language::english) == PieceIds{"CLS-MSG.1", "CLS-MSG.2"});
    CHECK_FALSE(parse_script(""));
    CHECK_FALSE(parse_script("BYE"));
    CHECK_FALSE(parse_script("{x} BYE"));
    CHECK_FALSE(parse_script("BYE ../secret"));
    CHECK_FALSE(parse_script("BYE {a/b}"));
    CHECK_FALSE(parse_script("BYE .."));
}

TEST_CASE("every value of every kind is said with pieces that exist") {
    for (const Language language : {Language::arabic, Language::english}) {
        std::set<std::string> known;
        for (const Piece& piece : all_pieces(language)) {
            CAPTURE(piece.id);
            CHECK(known.insert(piece.id).second);
            CHECK(std::regex_match(piece.id, std::regex{"[a-z]+(-[a-z0-9]+)*"}));
            CHECK((!piece.speech.empty() || piece.id == "pause"));
        }
        CHECK(known.size() < 700);

        std::set<std::string> used{"pause"};
        const auto use = [&](const PieceIds& pieces) {
            CHECK_FALSE(pieces.empty());
            used.insert(pieces.begin(), pieces.end());
        };
        for (int number = 0; number <= 9999; number++) {
            use(say_number(number, language));
        }
        for (int minute = 0; minute <= 24 * 60; minute++) {
            use(say_minutes(minute, language));
            if (minute < 24 * 60) use(say_time(minute / 60, minute % 60, language));
        }
        for (unsigned day = 1; day <= 31; day++) {
            use(say_date(day % 7, day, day % 12 + 1, language));
        }
        for (const char* week :
             {"0=480-960 1=480-720 2=480-720+780-1020 3=60-120 4=60-180",
              "1=480-960 2=480-960 3=480-960 4=480-960 0=480-720 5=480-720 6=480-720"}) {
            use(say_hours(week, language));
        }
        use(say_reference("abcdefghijklmnopqrstuvwxyz-0123456789"));
        CHECK(used == known);  // none missing, none rendered for nothing
    }
}
