#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/canonical_json.h"
#include "core/calendar/calendar.h"
#include "main/control/server.h"
#include "main/instant_text.h"

namespace amer::control {

// The centre's offset from UTC at an instant.
std::int32_t offset_at(const calendar::Calendar& calendar, Instant instant);

// Plain structs as JSON for people and programs: instants in RFC 3339 with the centre's offset
// (names as in the struct, Id 0 is null). The journal's own text is base/canonical_json.h.
class Describer {
public:
    explicit Describer(calendar::Calendar calendar) : calendar_{std::move(calendar)} {}

    template <typename T>
    Json describe(const T& value) const {
        using namespace canonical;
        if constexpr (std::is_same_v<T, Instant>) {
            return format_instant(value, offset_at(calendar_, value));
        } else if constexpr (std::is_same_v<T, bool>) {
            return value;
        } else if constexpr (std::is_enum_v<T>) {
            return std::string{enum_name(value)};
        } else if constexpr (std::integral<T>) {
            return value;
        } else if constexpr (kIsId<T>) {
            return value ? Json(value.value) : Json(nullptr);
        } else if constexpr (kIsName<T>) {
            return value.value;
        } else if constexpr (std::is_same_v<T, PhoneNumber>) {
            return value.e164();
        } else if constexpr (kIsText<T>) {
            return std::string{value};
        } else if constexpr (kIsOptional<T>) {
            return value ? describe(*value) : Json(nullptr);
        } else if constexpr (HasFields<T>) {
            Json object = Json::object();
            const auto one = [&](const auto& field) {
                object[std::string{field.name}] = describe(value.*field.member);
            };
            std::apply([&](const auto&... field) { (one(field), ...); }, T::fields());
            return object;
        } else {
            Json list = Json::array();
            for (const auto& element : value) list.push_back(describe(element));
            return list;
        }
    }

private:
    calendar::Calendar calendar_;
};

}  // namespace amer::control
