#include "base/reflected_name.h"

#include <cstdint>

#include <doctest/doctest.h>

namespace amer {
namespace {

enum class Colour : std::uint8_t { red, dark_green, blue };
struct Paint {
    enum class Kind : std::uint8_t { oil };
};
struct PaintTag;

TEST_CASE("an enumerator is known by the name it has in the source") {
    CHECK(enum_name(Colour::red) == "red");
    CHECK(enum_name(Colour::dark_green) == "dark_green");
    CHECK(enum_name(Paint::Kind::oil) == "oil");
    CHECK(kEnumNames<Colour>.size() == 3);
}

TEST_CASE("a name leads back to its enumerator, a foreign one to nothing") {
    CHECK(enum_value<Colour>("blue") == Colour::blue);
    CHECK_FALSE(enum_value<Colour>("Blue"));
    CHECK_FALSE(enum_value<Colour>(""));
    CHECK_FALSE(enum_value<Colour>("(Colour)3"));
}

TEST_CASE("a type is known by its last word, complete or not") {
    CHECK(type_name<Paint>() == "Paint");
    CHECK(type_name<PaintTag>() == "PaintTag");
    CHECK(type_name<Paint::Kind>() == "Kind");
}

}  // namespace
}  // namespace amer
