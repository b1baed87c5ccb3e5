#include "base/check.h"
#include "media/play/wav.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto sound = amer::media::parse_wav({bytes, size});
    AMER_CHECK(!sound || sound->samples.size() <= size);
    AMER_CHECK(sound || !sound.error().what.empty());
    return 0;
}
