#include "core/notification/address.h"

#include <algorithm>

namespace amer::notification {

bool is_address(std::string_view text) {
    constexpr std::size_t kLongest = 254;      // RFC 5321, 4.5.3.1.3
    constexpr std::size_t kLongestLocal = 64;  // 4.5.3.1.1
    constexpr std::string_view kNever = "<>()[],;:\\\"";
    const auto may_stand = [&](char letter) {
        return letter > ' ' && letter <= '~' && kNever.find(letter) == std::string_view::npos;
    };
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at > kLongestLocal) return false;
    const std::string_view domain = text.substr(at + 1);
    const bool is_domain = !domain.empty() && domain.find('@') == std::string_view::npos &&
                           domain.front() != '.' && domain.back() != '.';
    return is_domain && text.size() <= kLongest && std::all_of(text.begin(), text.end(), may_stand);
}

}  // namespace amer::notification
