#include "main/control/describe.h"

namespace amer::control {

std::int32_t offset_at(const calendar::Calendar& calendar, Instant instant) {
    if (calendar.zone.empty()) return 0;
    std::int32_t offset = calendar.zone.front().offset_minutes;
    for (const calendar::ZoneRule& rule : calendar.zone) {
        if (rule.from <= instant) offset = rule.offset_minutes;
    }
    return offset;
}

}  // namespace amer::control
