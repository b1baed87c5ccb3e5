// URIs and addresses from strangers: what is accepted is written so that it is read back the same,
// and every address is equivalent to itself.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "sip/wire/uri.h"

namespace amer::sip {
namespace {

void check_uri(std::string_view text) {
    const auto uri = parse_uri(text);
    if (!uri) return;
    const auto again = parse_uri(uri->text());
    AMER_CHECK(again.has_value());
    AMER_CHECK(*again == *uri);
    AMER_CHECK(is_equivalent(*again, *uri));
}

void check_address(std::string_view text) {
    const auto address = parse_name_address(text);
    if (!address) return;
    const auto again = parse_name_address(address->text());
    AMER_CHECK(again.has_value());
    AMER_CHECK(*again == *address);
}

// Equivalence has no direction.
void check_pair(std::string_view text) {
    const std::size_t space = text.find('\n');
    if (space == std::string_view::npos) return;
    const auto left = parse_uri(text.substr(0, space));
    const auto right = parse_uri(text.substr(space + 1));
    if (!left || !right) return;
    AMER_CHECK(is_equivalent(*left, *right) == is_equivalent(*right, *left));
}

}  // namespace
}  // namespace amer::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    amer::sip::check_uri(text);
    amer::sip::check_address(text);
    amer::sip::check_pair(text);
    return 0;
}
