#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace amer {

// Why something could not be done, in English for operators; never spoken or sent to callers.
struct Error {
    std::string what;
};

// A failure of the outside world (a malformed message, a full disk, a silent peer) is a value.
// House rule: parsers and ports return Result; bugs are AMER_CHECK; refusals are Rejection.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string what) {
    return tl::unexpected<Error>{Error{std::move(what)}};
}

}  // namespace amer
