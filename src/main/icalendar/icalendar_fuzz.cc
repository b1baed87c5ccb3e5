#include <cstddef>
#include <cstdint>

#include "main/icalendar/icalendar.h"

// Anything may be handed to `amer calendar import`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    static_cast<void>(amer::icalendar::read(text));
    return 0;
}
