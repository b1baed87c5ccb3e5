#include "media/mix/mix.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace amer;
using namespace amer::media;

namespace {

using Values = std::vector<int>;

// Some far sides that send constant frames, and who takes their sum.
struct Table {
    Mix mix{kMixedDepth};
    DecodeTable decode{};  // code n becomes 200 * (n - 128)
    std::map<LegId, std::uint16_t> sent;

    Table() {
        for (std::size_t i = 0; i < decode.size(); i++) {
            decode[i] = static_cast<std::int16_t>(200 * (static_cast<int>(i) - 128));
        }
    }
    void join(std::uint64_t leg) { REQUIRE(mix.add(LegId{leg}) != nullptr); }
    // `value` is what all its samples are, a multiple of 200.
    void says(std::uint64_t leg, int value) {
        const std::vector<std::uint8_t> payload(160, static_cast<std::uint8_t>(value / 200 + 128));
        const std::uint16_t number = sent[LegId{leg}]++;
        mix.find(LegId{leg})->push({{false, 8, number, number * 160U, 1}, payload}, decode);
    }
    // The next frame, which must be of one value.
    int pull() {
        std::array<std::int16_t, Mix::kFrame> frame;
        mix.pull(frame);
        const bool is_even = std::all_of(frame.begin(), frame.end(),
                                         [&](std::int16_t sample) { return sample == frame[0]; });
        if (!is_even) FAIL("a frame of two values");
        return frame[0];
    }
};

}  // namespace

TEST_CASE("an empty mix is silence and does not begin") {
    Mix mix{kMixedDepth};
    std::array<std::int16_t, Mix::kFrame> frame;
    frame.fill(7);
    CHECK_FALSE(mix.pull(frame));
    CHECK(frame[0] == 0);
    CHECK(frame[159] == 0);
}

TEST_CASE("what is heard is the sum of all voices, and begins with the first of them") {
    Table table;
    table.join(1);
    table.join(2);
    std::array<std::int16_t, Mix::kFrame> frame;
    for (int i = 0; i < 2; i++) {
        table.says(1, 1000);
        CHECK_FALSE(table.mix.pull(frame));
    }
    table.says(1, 1000);
    CHECK(table.mix.pull(frame));
    CHECK(frame[0] == 1000);
    Values heard;
    for (int i = 0; i < 5; i++) {
        table.says(1, 1000);
        table.says(2, -400);
        heard.push_back(table.pull());
    }
    CHECK(heard == Values{1000, 1000, 600, 600, 600});
}

TEST_CASE("a sum too loud is as loud as can be, and what cancels is not cut before it does") {
    Table table;
    for (const int leg : {1, 2, 3}) table.join(static_cast<std::uint64_t>(leg));
    Values heard;
    for (int i = 0; i < 6; i++) {
        const int third = i < 3 ? -25'000 : 25'000;
        table.says(1, 20'000);
        table.says(2, 20'000);
        table.says(3, third);
        heard.push_back(table.pull());
    }
    CHECK(heard == Values{0, 0, 15'000, 15'000, 15'000, 32'767});
}

TEST_CASE("voices that come and go leave no seam in the one that stays") {
    Table table;
    table.join(1);
    int said = 0;
    Values stayed;
    for (int i = 0; i < 40; i++) {
        if (i == 5) table.join(2);
        if (i == 12) table.join(3);
        if (i == 20) table.mix.remove(LegId{2});
        if (i == 30) table.join(1);
        table.says(1, 200 * ++said);
        stayed.push_back(table.pull());
    }
    for (int i = 2; i < 40; i++) CHECK(stayed[static_cast<std::size_t>(i)] == 200 * (i - 1));
    table.mix.remove(LegId{1});
    CHECK(table.pull() == 0);
}

TEST_CASE("no more than seven are heard at once") {
    Table table;
    for (std::uint64_t leg = 1; leg <= 7; leg++) table.join(leg);
    CHECK(table.mix.add(LegId{8}) == nullptr);
    CHECK(table.mix.add(LegId{7}) != nullptr);  // one of them
    table.mix.remove(LegId{3});
    CHECK(table.mix.add(LegId{8}) != nullptr);
    CHECK(table.mix.legs().size() == 7);
}
