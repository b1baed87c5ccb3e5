#include "core/callback/numbers.h"

#include <array>

namespace amer::callback {

namespace {

constexpr std::string_view kEmirates{"971"};
// Police, ambulance, civil defence, coast guard, electricity, police non-urgent, any network.
constexpr std::array<std::string_view, 7> kEmergency{"999", "998", "997", "996",
                                                     "991", "901", "112"};
constexpr std::array<std::string_view, 2> kPremium{"9000", "9002"};
constexpr std::size_t kPremiumLength = 9;

bool is_national_length(std::string_view digits) {
    const bool is_mobile = digits.size() == 9 && digits.starts_with('5');
    if (is_mobile || digits.size() != 8) return is_mobile;
    const bool is_area = std::string_view{"234679"}.find(digits[0]) != std::string_view::npos;
    return is_area && digits[1] >= '2' && digits[1] <= '8';
}

std::optional<PhoneNumber> parsed(const std::string& e164) {
    const Result<PhoneNumber> number = PhoneNumber::parse(e164);
    if (!number || !may_be_called(*number)) return std::nullopt;
    return *number;
}

}  // namespace

bool may_be_called(const PhoneNumber& number) {
    std::string_view digits{number.e164()};
    if (digits.size() < 2) return false;
    digits.remove_prefix(1);
    const bool is_national = digits.starts_with(kEmirates);
    const std::string_view national = is_national ? digits.substr(kEmirates.size()) : digits;
    for (const std::string_view emergency : kEmergency) {
        if (national == emergency) return false;
    }
    for (const std::string_view premium : kPremium) {
        const bool is_premium = is_national && national.size() == kPremiumLength;
        if (is_premium && national.starts_with(premium)) return false;
    }
    return true;
}

bool may_be_written_to(const PhoneNumber& number, std::string_view country) {
    const std::string_view e164{number.e164()};
    if (!may_be_called(number)) return false;
    const bool is_national = e164.substr(1).starts_with(kEmirates);
    return country != "AE" || !is_national || e164.substr(1 + kEmirates.size()).starts_with('5');
}

std::optional<PhoneNumber> number_from_keys(std::string_view keys, std::string_view country) {
    const bool is_ours = country == "AE" && keys.starts_with("00971");  // by its national shapes
    if (keys.starts_with("00") && !is_ours) {
        if (keys.size() < 10) return std::nullopt;
        return parsed("+" + std::string{keys.substr(2)});
    }
    if (country != "AE") return std::nullopt;
    if (is_ours) keys.remove_prefix(2);
    if (keys.starts_with(kEmirates)) keys.remove_prefix(kEmirates.size());
    if (keys.starts_with('0')) keys.remove_prefix(1);
    if (keys.empty() || !is_national_length(keys)) return std::nullopt;
    return parsed("+971" + std::string{keys});
}

std::string spoken_digits(const PhoneNumber& number, std::string_view country) {
    const std::string_view e164{number.e164()};
    if (country == "AE" && e164.starts_with("+971")) return "0" + std::string{e164.substr(4)};
    return e164.empty() ? std::string{} : "00" + std::string{e164.substr(1)};
}

}  // namespace amer::callback
