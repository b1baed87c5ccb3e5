#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <soci/soci.h>

// Included by .cc files of this room only: SOCI is slow to compile.
namespace amer::store {

using Integer = std::int64_t;
using Text = std::string;

// A statement prepared once and run many times, with a value (or nothing: null) for each of its
// parameters in the order they stand. Throws soci::soci_error. The session outlives it.
template <typename... Values>
class Statement {
public:
    Statement(soci::session& session, const std::string& sql)
        : slots_{std::make_unique<Slots>()}, statement_{session} {
        std::apply([&](auto&... slot) { (bind(slot), ...); }, *slots_);
        statement_.alloc();
        statement_.prepare(sql);
        statement_.define_and_bind();
    }

    // The number of rows it touched.
    long long run(const std::optional<Values>&... values) {
        set(std::index_sequence_for<Values...>{}, values...);
        statement_.execute(true);
        return statement_.get_affected_rows();
    }

private:
    template <typename Value>
    struct Slot {
        Value value{};
        soci::indicator indicator = soci::i_null;
    };
    using Slots =
        std::tuple<Slot<std::conditional_t<std::is_same_v<Values, Integer>, long long, Values>>...>;

    template <typename S>
    void bind(S& slot) {
        statement_.exchange(soci::use(slot.value, slot.indicator));
    }

    template <std::size_t... Indices>
    void set(std::index_sequence<Indices...>, const std::optional<Values>&... values) {
        const auto one = [](auto& slot, const auto& value) {
            slot.indicator = value ? soci::i_ok : soci::i_null;
            if (value) slot.value = *value;
        };
        (one(std::get<Indices>(*slots_), values), ...);
    }

    std::unique_ptr<Slots> slots_;  // where they are, SOCI reads: they never move
    soci::statement statement_;
};

}  // namespace amer::store
