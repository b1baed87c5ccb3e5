#include "base/canonical_json.h"

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

namespace amer {
namespace {

using namespace std::chrono_literals;

enum class Mood : std::uint8_t { calm, very_cross };

struct Inner {
    std::int32_t amount = -3;
    bool is_new = true;

    AMER_FIELDS(Inner, amount, is_new)
};

struct Empty {
    AMER_FIELDS(Empty)
};

struct Outer {
    Id<struct DogTag> dog{7};
    Name<struct CatTag> cat{"tom"};
    std::optional<PhoneNumber> number;
    Mood mood = Mood::very_cross;
    std::vector<Inner> inners{{}, {.amount = 4, .is_new = false}};
    std::variant<Inner, Empty> either = Empty{};

    AMER_FIELDS(Outer, dog, cat, number, mood, inners, either)
};

TEST_CASE("a struct is written field by field, in order, with nothing left out") {
    CHECK(to_json(Outer{}) ==
          R"({"dog":7,"cat":"tom","number":null,"mood":"very_cross",)"
          R"("inners":[{"amount":-3,"is_new":true},{"amount":4,"is_new":false}],)"
          R"("either":{"type":"Empty"}})");
    CHECK(to_json(Empty{}) == "{}");
}

TEST_CASE("a variant says which of its types it holds") {
    const std::variant<Inner, Empty> either = Inner{};
    CHECK(to_json(either) == R"({"type":"Inner","amount":-3,"is_new":true})");
}

TEST_CASE("instants are microseconds, durations their own unit, days ISO dates") {
    CHECK(to_json(Instant{1'795'000'000'123'456us}) == "1795000000123456");
    CHECK(to_json(Instant{-1us}) == "-1");
    CHECK(to_json(90min) == "90");
    CHECK(to_json(std::chrono::year{2026} / 11 / 2) == "\"2026-11-02\"");
    CHECK(to_json(std::chrono::year_month_day{std::chrono::year{0}, std::chrono::month{0},
                                              std::chrono::day{0}}) == "\"0000-00-00\"");
}

TEST_CASE("numbers keep every digit") {
    CHECK(to_json(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(to_json(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(to_json(std::uint8_t{200}) == "200");
}

TEST_CASE("text is escaped only where JSON asks for it; Arabic stays Arabic") {
    CHECK(to_json(std::string{"say \"hi\" \\ \n\t\r\x01\x1f\x7f/"}) ==
          "\"say \\\"hi\\\" \\\\ \\n\\t\\r\\u0001\\u001f\x7f/\"");
    CHECK(to_json(std::string{"مرحبا"}) == "\"مرحبا\"");
    CHECK(to_json(std::string("a\0b", 3)) == "\"a\\u0000b\"");
}

TEST_CASE("bytes that are no text cannot make an entry unreadable") {
    CHECK(to_json(std::string{"Ali\xff\xc0\x80"}) == "\"Ali\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST_CASE("maps are objects in key order, numbers as keys stand in quotes") {
    CHECK(to_json(std::map<std::string, int>{{"b", 2}, {"a", 1}}) == R"({"a":1,"b":2})");
    CHECK(to_json(std::map<Id<struct DogTag>, bool>{{{12}, true}}) == R"({"12":true})");
    CHECK(to_json(std::map<Mood, int>{{Mood::calm, 5}}) == R"({"calm":5})");
    CHECK(to_json(std::set<int>{3, 1}) == "[1,3]");
    CHECK(to_json(std::array<std::pair<int, bool>, 1>{{{1, true}}}) == "[[1,true]]");
}

}  // namespace
}  // namespace amer
