#include "main/whatif/texts.h"

#include <doctest/doctest.h>

#include "main/why/words.h"

namespace amer::whatif {

TEST_CASE("what-if says the same in both languages") {
    const why::Words english = why::Words::from(Language::english, kEnglish);
    const why::Words arabic = why::Words::from(Language::arabic, kArabic);
    REQUIRE(english.all().size() > 10);
    CHECK(english.all().size() == arabic.all().size());
    for (const auto& entry : english.all()) {
        const std::string& key = entry.first;
        const std::string& text = entry.second;
        CAPTURE(key);
        REQUIRE(arabic.all().contains(key));
        for (const char* const value :
             {"{day}", "{arrivals}", "{reruns}", "{changes}", "{count}"}) {
            const bool is_said = text.find(value) != std::string::npos;
            CHECK(is_said == (arabic.all().at(key).find(value) != std::string::npos));
        }
    }
}

}  // namespace amer::whatif
