#include "store/journal/event_reader.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/arbitrary.h"
#include "base/canonical_json.h"
#include "store/journal/canonical_reader.h"
#include "store/journal/json_reader.h"

namespace amer::store {
namespace {

// Every alternative, many values of each: written, read, equal, and written again the same.
template <typename Variant, typename Read>
void check_round_trips(Read read) {
    Rng rng{2026};
    std::set<std::size_t> seen;
    for (int turn = 0; turn < 2'000; ++turn) {
        const auto value = arbitrary<Variant>(rng);
        const std::string text = to_json(value);
        CAPTURE(text);
        const auto back = read(text);
        REQUIRE_MESSAGE(back.has_value(), (back ? "" : back.error().what));
        REQUIRE((*back == value));
        REQUIRE(to_json(*back) == text);
        seen.insert(value.index());
    }
    CHECK(seen.size() == std::variant_size_v<Variant>);
}

TEST_CASE("every event survives the journal, whatever it holds") {
    check_round_trips<centre::Event>(read_event);
}

TEST_CASE("every command survives being written down") {
    check_round_trips<centre::Command>(read_command);
}

TEST_CASE("an entry of an older program reads with defaults for what it lacks") {
    const auto event = read_event(R"({"type":"ContactOpened","contact":7})");
    REQUIRE(event);
    const auto& opened = std::get<centre::ContactOpened>(*event);
    CHECK(opened.contact == ContactId{7});
    CHECK(opened.kind == centre::ContactKind::inbound);
    CHECK_FALSE(opened.caller.number);
}

TEST_CASE("an entry of a newer program reads without what this one does not know") {
    const auto event = read_event(R"({"type":"OfferRang","offer":3,"mood":{"deep":[1,2]}})");
    REQUIRE(event);
    CHECK((*event == centre::Event{centre::OfferRang{.offer = OfferId{3}}}));
}

TEST_CASE("an error names the place and what was expected there") {
    const auto why = [](std::string_view text) { return read_event(text).error().what; };
    CHECK(why(R"({"type":"OfferMade","passed_over":[{},{},{"rule":5}]})") ==
          "OfferMade.passed_over[2].rule: a text expected");
    CHECK(why(R"({"type":"ContactOpened","caller":{"number":"600"}})")
              .find("ContactOpened.caller.number: ") == 0);
    CHECK(why(R"({"type":"ContactOpened","language":"klingon"})") ==
          "ContactOpened.language: unknown word 'klingon'");
    CHECK(why(R"({"type":"ContactOpened","contact":-1})") ==
          "ContactOpened.contact: the number is too small");
    CHECK(why(R"({"type":"AttemptStarted","attempt":4000000000})") ==
          "AttemptStarted.attempt: the number is too large");
    CHECK(why(R"({"type":"AttemptStarted","attempt":1.5})") ==
          "AttemptStarted.attempt: a whole number expected");
    CHECK(
        why(R"({"type":"ConfigurationPublished","configuration":{"calendar":{"holidays":[{"first_day":"soon"}]}}})") ==
        "ConfigurationPublished.configuration.calendar.holidays[0].first_day: "
        "a day like 2026-11-20 expected");
}

TEST_CASE("what is no event is refused") {
    CHECK_FALSE(read_event(""));
    CHECK_FALSE(read_event("{"));
    CHECK_FALSE(read_event("[]"));
    CHECK_FALSE(read_event(R"({"contact":7})"));
    CHECK(read_event(R"({"type":"NeverHeard"})").error().what == "unknown type 'NeverHeard'");
    CHECK_FALSE(read_event("{\"type\":\"OfferRang\",\"x\":\"\xff\"}"));
}

TEST_CASE("the quick reader reads what is written today, and nothing differently") {
    Rng rng{77};
    int quick = 0;
    for (int turn = 0; turn < 3'000; ++turn) {
        const auto event = arbitrary<centre::Event>(rng);
        std::string text = to_json(event);
        centre::Event read;
        if (read_canonical(text, read)) {
            ++quick;
            CHECK((read == event));
        }
        text[rng.below(text.size())] = static_cast<char>(' ' + rng.below(95));
        centre::Event damaged;
        if (!read_canonical(text, damaged)) continue;
        const auto patient = read_json<centre::Event>(text);
        REQUIRE_MESSAGE(patient.has_value(), text);
        CHECK((*patient == damaged));
    }
    CHECK(quick > 500);
}

}  // namespace
}  // namespace amer::store
