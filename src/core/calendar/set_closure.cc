#include "core/calendar/set_closure.h"

#include <algorithm>

namespace amer::calendar {

void set_closure(std::vector<Closure>& closures, const Closure& closure) {
    const auto is_it = [&](const Closure& row) { return row.id == closure.id; };
    const auto found = std::find_if(closures.begin(), closures.end(), is_it);
    if (found == closures.end()) {
        closures.push_back(closure);
    } else {
        *found = closure;
    }
}

}  // namespace amer::calendar
