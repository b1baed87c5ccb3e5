#pragma once

#include <string>

namespace amer::spoken::english {

std::string cardinal(int number);  // 0 to 999: "one hundred and twenty-one"
std::string ordinal(int number);   // 1 to 31: "twenty-first"
std::string counted(int number, const std::string& singular);  // "one minute", "two minutes"

}  // namespace amer::spoken::english
