#pragma once

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "base/canonical_json.h"
#include "base/result.h"

// The way back from canonical text (base/canonical_json.h). What a journal of an older program
// does not have keeps its default; what a newer one added is passed over; anything else that does
// not fit is an error that names the place.
namespace amer::store {

class JsonReader {
public:
    // False: error() says where and why.
    template <typename T>
    bool read(const nlohmann::json& json, T& value);

    Error error() const { return Error{where_.empty() ? why_ : where_ + ": " + why_}; }

private:
    bool refuse(std::string why) {
        why_ = std::move(why);
        return false;
    }
    // Called on the way out of a nested refusal: builds "OfferMade.passed_over[2].rule".
    bool within(std::string_view name) {
        where_.insert(0, where_.empty() || where_.front() == '[' ? std::string{name}
                                                                 : std::string{name} + ".");
        return false;
    }
    bool within(std::size_t index) {
        const std::string place = "[" + std::to_string(index) + "]";
        where_.insert(0, where_.empty() || where_.front() == '[' ? place : place + ".");
        return false;
    }

    template <typename T>
    bool read_integer(const nlohmann::json& json, T& value);
    template <typename T>
    bool read_enum(const nlohmann::json& json, T& value);
    template <typename T>
    bool read_fields(const nlohmann::json& json, T& value);
    template <typename T>
    bool read_range(const nlohmann::json& json, T& range);
    template <typename T>
    bool read_map(const nlohmann::json& json, T& map);
    template <typename T>
    bool read_key(const std::string& text, T& key);
    template <typename T, std::size_t... Indices>
    bool read_variant(const nlohmann::json& json, T& value, std::index_sequence<Indices...>);
    bool read_text(const nlohmann::json& json, std::string& text);
    bool read_number(const nlohmann::json& json, PhoneNumber& number);
    bool read_day(const nlohmann::json& json, std::chrono::year_month_day& day);

    std::string where_;
    std::string why_;
};

template <typename T>
bool JsonReader::read(const nlohmann::json& json, T& value) {
    using namespace canonical;
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) return refuse("true or false expected");
        value = json.get<bool>();
        return true;
    } else if constexpr (std::is_enum_v<T>) {
        return read_enum(json, value);
    } else if constexpr (std::integral<T>) {
        return read_integer(json, value);
    } else if constexpr (kIsId<T>) {
        return read_integer(json, value.value);
    } else if constexpr (kIsName<T>) {
        return read_text(json, value.value);
    } else if constexpr (std::is_same_v<T, PhoneNumber>) {
        return read_number(json, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return read_text(json, value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        Duration since_1970{};
        if (!read(json, since_1970)) return false;
        value = Instant{since_1970};
        return true;
    } else if constexpr (kIsDuration<T>) {
        typename T::rep count{};
        if (!read_integer(json, count)) return false;
        value = T{count};
        return true;
    } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
        return read_day(json, value);
    } else if constexpr (kIsOptional<T>) {
        value.reset();
        return json.is_null() || read(json, value.emplace());
    } else if constexpr (kIsVariant<T>) {
        return read_variant(json, value, std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (kIsPair<T>) {
        if (!json.is_array() || json.size() != 2) return refuse("a pair expected");
        return read(json[0], value.first) && read(json[1], value.second);
    } else if constexpr (HasFields<T>) {
        return read_fields(json, value);
    } else if constexpr (IsMap<T>) {
        return read_map(json, value);
    } else {
        return read_range(json, value);
    }
}

template <typename T>
bool JsonReader::read_integer(const nlohmann::json& json, T& value) {
    if (json.is_number_unsigned()) {
        const auto number = json.get<std::uint64_t>();
        if (!std::in_range<T>(number)) return refuse("the number is too large");
        value = static_cast<T>(number);
        return true;
    }
    if (!json.is_number_integer()) return refuse("a whole number expected");
    const auto number = json.get<std::int64_t>();
    if (!std::in_range<T>(number)) return refuse("the number is too small");
    value = static_cast<T>(number);
    return true;
}

template <typename T>
bool JsonReader::read_enum(const nlohmann::json& json, T& value) {
    if (!json.is_string()) return refuse("a word expected");
    const auto found = enum_value<T>(json.get_ref<const std::string&>());
    if (!found) return refuse("unknown word '" + json.get<std::string>() + "'");
    value = *found;
    return true;
}

template <typename T>
bool JsonReader::read_fields(const nlohmann::json& json, T& value) {
    if (!json.is_object()) return refuse("an object expected");
    const auto one = [&](const auto& field) {
        const auto found = json.find(field.name);
        return found == json.end() || read(*found, value.*field.member) || within(field.name);
    };
    return std::apply([&](const auto&... field) { return (one(field) && ...); }, T::fields());
}

template <typename T>
bool JsonReader::read_range(const nlohmann::json& json, T& range) {
    constexpr bool kIsArray = requires { std::tuple_size<T>::value; };
    if (!json.is_array()) return refuse("a list expected");
    if constexpr (kIsArray) {
        if (json.size() != range.size()) return refuse("the list has the wrong length");
    } else {
        range.clear();
    }
    for (std::size_t index = 0; index < json.size(); ++index) {
        typename T::value_type element{};
        if (!read(json[index], element)) return within(index);
        if constexpr (kIsArray) {
            range[index] = std::move(element);
        } else {
            range.insert(range.end(), std::move(element));
        }
    }
    return true;
}

template <typename T>
bool JsonReader::read_map(const nlohmann::json& json, T& map) {
    if (!json.is_object()) return refuse("an object expected");
    map.clear();
    for (const auto& item : json.items()) {
        typename T::key_type key{};
        typename T::mapped_type element{};
        if (!read_key(item.key(), key) || !read(item.value(), element)) return within(item.key());
        map.insert_or_assign(std::move(key), std::move(element));
    }
    return true;
}

template <typename T>
bool JsonReader::read_key(const std::string& text, T& key) {
    if constexpr (canonical::kIsId<T>) {
        return read_key(text, key.value);
    } else if constexpr (std::integral<T>) {
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), key);
        const bool is_number = problem == std::errc{} && end == text.data() + text.size();
        return is_number || refuse("a whole number expected as key");
    } else {
        return read(nlohmann::json(text), key);
    }
}

template <typename T, std::size_t... Indices>
bool JsonReader::read_variant(const nlohmann::json& json, T& value,
                              std::index_sequence<Indices...>) {
    if (!json.is_object()) return refuse("an object expected");
    const auto type = json.find("type");
    if (type == json.end() || !type->is_string()) return refuse("no type given");
    const auto& name = type->get_ref<const std::string&>();

    bool is_known = false;
    bool is_good = false;
    const auto try_one = [&]<std::size_t kIndex>() {
        using Alternative = std::variant_alternative_t<kIndex, T>;
        if (name != Alternative::kTypeName) return;
        is_known = true;
        is_good = read(json, value.template emplace<kIndex>()) || within(Alternative::kTypeName);
    };
    (try_one.template operator()<Indices>(), ...);
    return is_known ? is_good : refuse("unknown type '" + name + "'");
}

inline bool JsonReader::read_text(const nlohmann::json& json, std::string& text) {
    if (!json.is_string()) return refuse("a text expected");
    text = json.get_ref<const std::string&>();
    return true;
}

inline bool JsonReader::read_number(const nlohmann::json& json, PhoneNumber& number) {
    if (!json.is_string()) return refuse("a telephone number expected");
    const auto& text = json.get_ref<const std::string&>();
    number = {};
    if (text.empty()) return true;
    auto parsed = PhoneNumber::parse(text);
    if (!parsed) return refuse(parsed.error().what);
    number = std::move(*parsed);
    return true;
}

inline bool JsonReader::read_day(const nlohmann::json& json, std::chrono::year_month_day& day) {
    if (!json.is_string()) return refuse("a day like 2026-11-20 expected");
    const std::string_view text = json.get_ref<const std::string&>();
    const std::size_t second_dash = text.rfind('-');
    const std::size_t first_dash =
        second_dash == 0 || second_dash == text.npos ? text.npos : text.rfind('-', second_dash - 1);
    if (first_dash == text.npos || first_dash == 0) {
        return refuse("a day like 2026-11-20 expected");
    }
    const auto number = [&](std::size_t begin, std::size_t end) -> std::optional<int> {
        int parsed = 0;
        const auto result = std::from_chars(text.data() + begin, text.data() + end, parsed);
        const bool is_whole = result.ec == std::errc{} && result.ptr == text.data() + end;
        return is_whole ? std::optional{parsed} : std::nullopt;
    };
    const auto year = number(0, first_dash);
    const auto month = number(first_dash + 1, second_dash);
    const auto day_of_month = number(second_dash + 1, text.size());
    if (!year || !month || !day_of_month || *month < 0 || *month > 99 || *day_of_month < 0 ||
        *day_of_month > 99) {
        return refuse("a day like 2026-11-20 expected");
    }
    day = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} /
          std::chrono::day{static_cast<unsigned>(*day_of_month)};
    return true;
}

// A value from its canonical text, after `prepare` has looked at it.
template <typename T, typename Prepare>
Result<T> read_json(std::string_view text, Prepare prepare) {
    auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded()) return failure("this is no JSON text");
    prepare(json);
    T value{};
    JsonReader reader;
    if (!reader.read(json, value)) return tl::unexpected<Error>{reader.error()};
    return value;
}

template <typename T>
Result<T> read_json(std::string_view text) {
    return read_json<T>(text, [](nlohmann::json&) {});
}

}  // namespace amer::store
