#pragma once

#include <vector>

#include "measure/report.h"
#include "measure/wait_book.h"

namespace amer::measure {

// How honest these tellings were, all of them together and by hour.
ToldSection told_section(const WaitBook::Hours& hours);

// Of a list of errors, the mean and the one in the middle; of an even number the mean of both.
WaitError wait_error(std::string formula, std::vector<std::int64_t> errors_us);

}  // namespace amer::measure
