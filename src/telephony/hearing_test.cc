#include "telephony/hearing.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace amer::telephony {

namespace {

using contact::Part;
using Seat = Seated::Seat;

constexpr media::LegId kCaller{1};
constexpr media::LegId kAgent{2};
constexpr media::LegId kThird{3};
constexpr media::LegId kFourth{4};

// "1: 2, 2: 1 3" - who hears whom, in the order of the seats.
std::string told(const std::vector<Seated>& seated, bool is_caller_aside = false) {
    std::string all;
    for (const Hearing& hearing : who_hears_whom(seated, is_caller_aside)) {
        if (!all.empty()) all += ", ";
        all += std::to_string(hearing.first.value) + ":";
        for (const media::LegId leg : hearing.second) all += " " + std::to_string(leg.value);
    }
    return all;
}

std::vector<Seated> talk_with(Part part) {
    return {{kCaller, Seat::caller}, {kAgent, Seat::agent}, {kThird, Seat::party, part}};
}

}  // namespace

TEST_CASE("caller and agent hear each other") {
    CHECK(told({{kCaller, Seat::caller}, {kAgent, Seat::agent}}) == "1: 2, 2: 1");
}

TEST_CASE("each part hears, and is heard by, whom its name says") {
    CHECK(told(talk_with(Part::listening)) == "1: 2, 2: 1, 3: 1 2");
    CHECK(told(talk_with(Part::whispering)) == "1: 2, 2: 1 3, 3: 1 2");
    CHECK(told(talk_with(Part::barging)) == "1: 2 3, 2: 1 3, 3: 1 2");
    CHECK(told(talk_with(Part::conferring)) == "1: 2 3, 2: 1 3, 3: 1 2");
    CHECK(told(talk_with(Part::consulted), true) == "1:, 2: 3, 3: 2");
}

TEST_CASE("a supervisor hears a consultation, and a caller set aside hears nobody at all") {
    std::vector<Seated> seated = talk_with(Part::consulted);
    seated.push_back({kFourth, Seat::party, Part::barging});
    CHECK(told(seated, true) == "1:, 2: 3 4, 3: 2 4, 4: 2 3");
    seated.back().part = Part::listening;
    CHECK(told(seated, true) == "1:, 2: 3, 3: 2, 4: 2 3");
}

TEST_CASE("while the colleague's phone still rings, a supervisor does not hear the caller either") {
    CHECK(told(talk_with(Part::listening), true) == "1:, 2:, 3: 2");
}

}  // namespace amer::telephony
