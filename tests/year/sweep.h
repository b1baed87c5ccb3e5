#pragma once

namespace amer::year {

// One promise's whole life, again and again: each time the process dies one step later, before or
// after a write, or between two things that the world hears of. False: something was not true.
bool sweep();

}  // namespace amer::year
