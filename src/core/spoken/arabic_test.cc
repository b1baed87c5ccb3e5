#include "core/spoken/arabic.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace amer::spoken::arabic;

namespace {

std::string written(int number, Gender counted = Gender::masculine,
                    Case grammatical_case = Case::nominative) {
    return display_from(cardinal(number, counted, grammatical_case));
}

const Noun kMinute{Gender::feminine, "دَقيقَة", "دَقيقَتَيْن", "دَقائِق", "واحِدَة"};
const Noun kDay{Gender::masculine, "يَوْمًا", "يَوْمَيْن", "أَيّام", "واحِد"};

}  // namespace

TEST_CASE("abstract numbers") {
    const std::vector<std::pair<int, std::string>> given{
        {0, "صفر"},
        {1, "واحد"},
        {2, "اثنان"},
        {3, "ثلاثة"},
        {8, "ثمانية"},
        {10, "عشرة"},
        {11, "أحد عشر"},
        {12, "اثنا عشر"},
        {13, "ثلاثة عشر"},
        {18, "ثمانية عشر"},
        {19, "تسعة عشر"},
        {20, "عشرون"},
        {21, "واحد وعشرون"},
        {22, "اثنان وعشرون"},
        {25, "خمسة وعشرون"},
        {88, "ثمانية وثمانون"},
        {99, "تسعة وتسعون"},
        {100, "مئة"},
        {101, "مئة وواحد"},
        {111, "مئة وأحد عشر"},
        {121, "مئة وواحد وعشرون"},
        {200, "مئتان"},
        {305, "ثلاثمئة وخمسة"},
        {812, "ثمانمئة واثنا عشر"},
        {999, "تسعمئة وتسعة وتسعون"},
    };
    for (const auto& [number, text] : given) {
        CHECK(written(number) == text);
    }
}

TEST_CASE("numbers that count feminine things") {
    const std::vector<std::pair<int, std::string>> given{
        {1, "واحدة"},       {2, "اثنتان"},       {3, "ثلاث"},         {8, "ثمان"},
        {10, "عشر"},        {11, "إحدى عشرة"},   {12, "اثنتا عشرة"},  {13, "ثلاث عشرة"},
        {18, "ثماني عشرة"}, {20, "عشرون"},       {21, "إحدى وعشرون"}, {22, "اثنتان وعشرون"},
        {25, "خمس وعشرون"}, {28, "ثمان وعشرون"}, {99, "تسع وتسعون"},  {121, "مئة وإحدى وعشرون"},
    };
    for (const auto& [number, text] : given) {
        CHECK(written(number, Gender::feminine) == text);
    }
}

TEST_CASE("the oblique case changes twos and tens") {
    CHECK(written(2, Gender::masculine, Case::oblique) == "اثنين");
    CHECK(written(2, Gender::feminine, Case::oblique) == "اثنتين");
    CHECK(written(12, Gender::masculine, Case::oblique) == "اثني عشر");
    CHECK(written(12, Gender::feminine, Case::oblique) == "اثنتي عشرة");
    CHECK(written(22, Gender::feminine, Case::oblique) == "اثنتين وعشرين");
    CHECK(written(25, Gender::feminine, Case::oblique) == "خمس وعشرين");
    CHECK(written(200, Gender::masculine, Case::oblique) == "مئتين");
    CHECK(cardinal(25, Gender::feminine, Case::oblique) == "خَمْسٍ وَعِشْرينَ");
    CHECK(cardinal(25, Gender::masculine, Case::nominative) == "خَمْسَةٌ وَعِشْرونَ");
}

TEST_CASE("counted things take the singular, the dual, the plural or the accusative") {
    const std::vector<std::pair<int, std::string>> minutes{
        {1, "دقيقة واحدة"},          {2, "دقيقتين"},
        {3, "ثلاث دقائق"},           {8, "ثماني دقائق"},
        {10, "عشر دقائق"},           {11, "إحدى عشرة دقيقة"},
        {12, "اثنتي عشرة دقيقة"},    {15, "خمس عشرة دقيقة"},
        {20, "عشرين دقيقة"},         {21, "إحدى وعشرين دقيقة"},
        {22, "اثنتين وعشرين دقيقة"}, {59, "تسع وخمسين دقيقة"},
        {99, "تسع وتسعين دقيقة"},
    };
    for (const auto& [number, text] : minutes) {
        CHECK(display_from(counted(number, kMinute)) == text);
    }
    CHECK(display_from(counted(5, kDay)) == "خمسة أيام");
    CHECK(display_from(counted(11, kDay)) == "أحد عشر يومًا");
    CHECK(counted(3, kMinute) == "ثَلاثِ دَقائِق");
}

TEST_CASE("days of the month are definite ordinals") {
    const std::vector<std::pair<int, std::string>> given{
        {1, "الأول"},
        {2, "الثاني"},
        {5, "الخامس"},
        {10, "العاشر"},
        {11, "الحادي عشر"},
        {12, "الثاني عشر"},
        {13, "الثالث عشر"},
        {19, "التاسع عشر"},
        {20, "العشرين"},
        {21, "الحادي والعشرين"},
        {22, "الثاني والعشرين"},
        {25, "الخامس والعشرين"},
        {30, "الثلاثين"},
        {31, "الحادي والثلاثين"},
    };
    for (const auto& [day, text] : given) {
        CHECK(display_from(day_ordinal(day)) == text);
    }
}

TEST_CASE("hours are feminine ordinals") {
    const std::vector<std::string> given{"الواحدة", "الثانية", "الثالثة",      "الرابعة",
                                         "الخامسة", "السادسة", "السابعة",      "الثامنة",
                                         "التاسعة", "العاشرة", "الحادية عشرة", "الثانية عشرة"};
    for (std::size_t i = 0; i < given.size(); i++) {
        CHECK(display_from(hour_ordinal(static_cast<int>(i) + 1)) == given[i]);
    }
}

TEST_CASE("display text loses the vowels and keeps the tanwin that people write") {
    CHECK(display_from("السّابِعَةِ وَالنِّصْفِ صَباحًا") == "السابعة والنصف صباحًا");
    CHECK(display_from("مَساءً") == "مساءً");
    CHECK(display_from("دَقيقَةً") == "دقيقة");
    CHECK(display_from("يَوْمِ الأَحَد، seven") == "يوم الأحد، seven");
    CHECK(display_from("").empty());
}
