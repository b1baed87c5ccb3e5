#include "core/spoken/english.h"

#include <array>
#include <string_view>

#include "base/check.h"

namespace amer::spoken::english {
namespace {

constexpr std::array<std::string_view, 20> kSmall{
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens{"",      "",      "twenty",  "thirty", "forty",
                                                 "fifty", "sixty", "seventy", "eighty", "ninety"};

std::string ordinal_of_word(const std::string& word) {
    if (word == "one") return "first";
    if (word == "two") return "second";
    if (word == "three") return "third";
    if (word == "five") return "fifth";
    if (word == "eight") return "eighth";
    if (word == "nine") return "ninth";
    if (word == "twelve") return "twelfth";
    if (word.ends_with("y")) return word.substr(0, word.size() - 1) + "ieth";
    return word + "th";
}

}  // namespace

std::string cardinal(int number) {
    AMER_CHECK(number >= 0 && number <= 999);
    if (number < 20) return std::string{kSmall[static_cast<std::size_t>(number)]};
    if (number < 100) {
        const std::string tens{kTens[static_cast<std::size_t>(number / 10)]};
        return number % 10 == 0 ? tens : tens + "-" + cardinal(number % 10);
    }
    const std::string hundreds = cardinal(number / 100) + " hundred";
    return number % 100 == 0 ? hundreds : hundreds + " and " + cardinal(number % 100);
}

std::string ordinal(int number) {
    AMER_CHECK(number >= 1 && number <= 31);
    if (number <= 20 || number % 10 == 0) return ordinal_of_word(cardinal(number));
    return cardinal(number / 10 * 10) + "-" + ordinal_of_word(cardinal(number % 10));
}

std::string counted(int number, const std::string& singular) {
    return cardinal(number) + " " + singular + (number == 1 ? "" : "s");
}

}  // namespace amer::spoken::english
