#include "main/report/forms.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "measure/test_day.h"

namespace amer::report {

using measure::example::day;
using measure::example::fold;
using measure::example::RestlessDay;
using measure::example::small_day;
using measure::example::told_day;

namespace {

std::string text_of(const measure::Measures& measures, const measure::Report& report,
                    Language language) {
    return as_text(report, measures.ledger().calendar(), words_of(language));
}

// What is in braces, in the order of the text.
std::string words_to_fill(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
        words.push_back(text.substr(at, text.find('}', at) - at));
    }
    std::sort(words.begin(), words.end());
    std::string all;
    for (const std::string& word : words) all += word;
    return all;
}

// So that a row of a table can be looked for whatever its columns' widths are.
std::string with_single_spaces(const std::string& text) {
    std::string single;
    for (const char letter : text) {
        if (letter != ' ' || single.empty() || single.back() != ' ') single += letter;
    }
    return single;
}

const char* const kEnglishReport = R"(Ministry of Public Works
Report of 2026-11-19
From the journal as of 2026-11-20 08:00:00. Target T: 20 s. Short abandon S: 5 s.

Customer service (general)
Calls from outside
  offered, N                                           5
  answered, A                                          2
  answered in target, At                               1
  abandoned, B                                         3
  abandoned in target, Bt                              2
  abandoned short, Bs                                  1
  flowed out, F                                        0
  failed                                               0
  still waiting                                        0
  may still come back                                  2
  sl_handled                                           50.00 %   1 of 2  At / A
  sl_positive                                          60.00 %   3 of 5  (At + Bt) / N
  sl2                                                  60.00 %   3 of 5  (At + Bt) / (A + B)
  sl_negative                                          20.00 %   1 of 5  At / N
  sl_without_abandon                                   33.33 %   1 of 3  At / (N - Bt)
  sl_genesys                                           20.00 %   1 of 5  At / (A + B)
  sl_genesys_with_flow_outs                            20.00 %   1 of 5  At / (A + B + F)
  sl_genesys_less_short                                25.00 %   1 of 4  At / (A + B - Bs)
  sl_genesys_with_flow_outs_less_short                 25.00 %   1 of 4  At / (A + B + F - Bs)
  sl_genesys_less_abandoned                            50.00 %   1 of 2  At / (A + B - B)
  sl_genesys_with_flow_outs_less_abandoned             50.00 %   1 of 2  At / (A + B + F - B)
  sl_genesys_less_short_less_abandoned                 100.00 %  1 of 1  At / (A + B - Bs - B)
  sl_genesys_with_flow_outs_less_short_less_abandoned  100.00 %  1 of 1  At / (A + B + F - Bs - B)
  abandon_rate                                         60.00 %   3 of 5  B / N
  rona_rate                                            33.33 %   1 of 3  offers that rang out / offers made
  transfer_rate                                        0.00 %    0 of 2  passed on or handed over / answered
  fcr                                                  -         0 of 0  neither passed on nor back in 7 working days / talks that ended
  asa                                                  0:17      2       waits of the answered / A
  aht                                                  1:35      2       (talk + wrap-up) / handled
  acw                                                  0:20      2       wrap-up / handled
  longest wait                                         0:40
Answers of the survey
  happiness = happy    1

Half hours: by arrival, and by what happened
Time   N  A  At  B  F  Failed  Waiting  sl_negative  Entered then  Answered then  Abandoned then  Flowed out then  Waiting at the end
10:00  5  2  1   3  0  0       0        20.00 %      5             2              3               0                0
)";

const char* const kArabicReport = R"(‏وزارة الأشغال العامة
‏تقرير يوم ⁨2026-11-19⁩
‏بحسب السجل حتى ⁨2026-11-20 08:00:00⁩. الهدف ⁨20⁩ ث، وحدّ الترك السريع ⁨5⁩ ث.

‏⁨خدمة المتعاملين⁩ (⁨general⁩)
‏المكالمات الواردة
‏  الداخلة إلى الطابور                                  ⁨5⁩
‏  المُجابة                                              ⁨2⁩
‏  المُجابة ضمن الهدف                                    ⁨1⁩
‏  المتروكة                                             ⁨3⁩
‏  المتروكة ضمن الهدف                                   ⁨2⁩
‏  المتروكة سريعًا                                       ⁨1⁩
‏  الخارجة لسبب آخر                                     ⁨0⁩
‏  المنقطعة بتوقّف البرنامج                              ⁨0⁩
‏  المنتظرة إلى الآن                                    ⁨0⁩
‏  قد يعود المتصل بعد                                   ⁨2⁩
‏  ⁨sl_handled⁩                                           ⁨50.00⁩٪   ⁨1⁩ من ⁨2⁩  المُجابة ضمن الهدف ÷ المُجابة
‏  ⁨sl_positive⁩                                          ⁨60.00⁩٪   ⁨3⁩ من ⁨5⁩  (المُجابة ضمن الهدف + المتروكة ضمن الهدف) ÷ الداخلة
‏  ⁨sl2⁩                                                  ⁨60.00⁩٪   ⁨3⁩ من ⁨5⁩  (المُجابة ضمن الهدف + المتروكة ضمن الهدف) ÷ (المُجابة + المتروكة)
‏  ⁨sl_negative⁩                                          ⁨20.00⁩٪   ⁨1⁩ من ⁨5⁩  المُجابة ضمن الهدف ÷ الداخلة
‏  ⁨sl_without_abandon⁩                                   ⁨33.33⁩٪   ⁨1⁩ من ⁨3⁩  المُجابة ضمن الهدف ÷ (الداخلة − المتروكة ضمن الهدف)
‏  ⁨sl_genesys⁩                                           ⁨20.00⁩٪   ⁨1⁩ من ⁨5⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة)
‏  ⁨sl_genesys_with_flow_outs⁩                            ⁨20.00⁩٪   ⁨1⁩ من ⁨5⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة + الخارجة)
‏  ⁨sl_genesys_less_short⁩                                ⁨25.00⁩٪   ⁨1⁩ من ⁨4⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة − المتروكة سريعًا)
‏  ⁨sl_genesys_with_flow_outs_less_short⁩                 ⁨25.00⁩٪   ⁨1⁩ من ⁨4⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة + الخارجة − المتروكة سريعًا)
‏  ⁨sl_genesys_less_abandoned⁩                            ⁨50.00⁩٪   ⁨1⁩ من ⁨2⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة − المتروكة)
‏  ⁨sl_genesys_with_flow_outs_less_abandoned⁩             ⁨50.00⁩٪   ⁨1⁩ من ⁨2⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة + الخارجة − المتروكة)
‏  ⁨sl_genesys_less_short_less_abandoned⁩                 ⁨100.00⁩٪  ⁨1⁩ من ⁨1⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة − المتروكة سريعًا − المتروكة)
‏  ⁨sl_genesys_with_flow_outs_less_short_less_abandoned⁩  ⁨100.00⁩٪  ⁨1⁩ من ⁨1⁩  المُجابة ضمن الهدف ÷ (المُجابة + المتروكة + الخارجة − المتروكة سريعًا − المتروكة)
‏  ⁨abandon_rate⁩                                         ⁨60.00⁩٪   ⁨3⁩ من ⁨5⁩  المتروكة ÷ الداخلة
‏  ⁨rona_rate⁩                                            ⁨33.33⁩٪   ⁨1⁩ من ⁨3⁩  عروض رنّت ولم يُجب عنها ÷ جميع العروض
‏  ⁨transfer_rate⁩                                        ⁨0.00⁩٪    ⁨0⁩ من ⁨2⁩  (المُحوّلة + المُسلّمة إلى زميل) ÷ المُجابة
‏  ⁨fcr⁩                                                  ⁨-⁩        ⁨0⁩ من ⁨0⁩  لم تُحوّل ولم يعد متصلها خلال 7 أيام عمل ÷ المحادثات المنتهية
‏  ⁨asa⁩                                                  ⁨0:17⁩     ⁨2⁩       مجموع انتظار المُجابة ÷ عددها
‏  ⁨aht⁩                                                  ⁨1:35⁩     ⁨2⁩       (المحادثة + إنهاء المعاملة) ÷ المخدومة
‏  ⁨acw⁩                                                  ⁨0:20⁩     ⁨2⁩       إنهاء المعاملة ÷ المخدومة
‏  أطول انتظار                                          ⁨0:40⁩
‏إجابات استبيان الرضا
‏  ⁨happiness = happy⁩   ⁨1⁩

‏أنصاف الساعات: بحسب وقت الوصول، وبحسب ما جرى فيها
‏الوقت  الداخلة  المُجابة  المُجابة ضمن الهدف  المتروكة  الخارجة  المنقطعة  المنتظرة  ⁨sl_negative⁩  دخلت حينها  أُجيبت حينها  تُركت حينها  خرجت حينها  المنتظرة في النهاية
‏⁨10:00⁩  ⁨5⁩        ⁨2⁩        ⁨1⁩                  ⁨3⁩         ⁨0⁩        ⁨0⁩         ⁨0⁩         ⁨20.00⁩٪       ⁨5⁩           ⁨2⁩            ⁨3⁩           ⁨0⁩           ⁨0⁩
)";

}  // namespace

TEST_CASE("a small day's report of one queue, whole, in English and Arabic") {
    const auto measures = fold(small_day());
    const measure::Report report = measures->report({day(19), day(19)}, QueueId{"general"});
    CHECK(text_of(*measures, report, Language::english) == kEnglishReport);
    CHECK(text_of(*measures, report, Language::arabic) == kArabicReport);
}

TEST_CASE("the report of all together begins with the contacts and ends with the agents") {
    const auto measures = fold(small_day());
    const measure::Report report = measures->report({day(19), day(20)});
    const std::string text = text_of(*measures, report, Language::english);
    CHECK(text.find("Report from 2026-11-19 until 2026-11-20\n") != text.npos);
    CHECK(text.find("  left in the greeting or a menu  1\n") != text.npos);
    CHECK(text.find("\nHousing (housing)\n  There were no calls.\n") != text.npos);
    CHECK(text.find("  kept_promise_rate  100.00 %  1 of 1  kept") != text.npos);
    CHECK(text.find("\nAll agents together  3        4:10  1:00") != text.npos);
    CHECK(text.find("Half hours") == text.npos);  // of one day only
    CHECK(text.find("\nBasim                3        4:10  1:00") != text.npos);
}

TEST_CASE("a day without calls says so and shows no table of zeros") {
    const auto measures = fold(small_day());
    const measure::Report report = measures->report({day(22), day(22)});
    CHECK(text_of(*measures, report, Language::english) ==
          "Ministry of Public Works\nReport of 2026-11-22\n"
          "From the journal as of 2026-11-20 08:00:00. Target T: 20 s. Short abandon S: 5 s.\n"
          "There were no calls.\n");
}

TEST_CASE("both languages have the same texts with the same words to fill in") {
    const why::Words english = words_of(Language::english);
    const why::Words arabic = words_of(Language::arabic);
    CHECK(english.all().size() == arabic.all().size());
    for (const auto& entry : english.all()) {
        CAPTURE(entry.first);
        REQUIRE(arabic.all().contains(entry.first));
        CHECK(words_to_fill(entry.second) == words_to_fill(arabic.all().at(entry.first)));
    }
}

TEST_CASE("every word of a full report is said, none is left as its key") {
    const auto measures = fold(RestlessDay{3}.story);
    const measure::Report report = measures->report({day(19), day(19)});
    for (const Language language : {Language::english, Language::arabic}) {
        const std::string all = text_of(*measures, report, language) +  //
                                as_csv(report, words_of(language));
        for (const char* key : {"row.", "column.", "formula.", "kind.", "scope.", "{"}) {
            CAPTURE(key);
            CHECK(all.find(key) == all.npos);
        }
        for (const measure::Rate& rate : report.sections.front().inbound.service_levels) {
            CHECK(all.find(rate.formula) != all.npos);
        }
    }
}

TEST_CASE("CSV as Excel wants it: mark, quotes, line ends, as many cells in every row") {
    const auto measures = fold(small_day());
    measure::Report report = measures->report({day(19), day(19)}, QueueId{"general"});
    report.sections.front().title.ar = "=cmd|\"خدمة\"";
    const std::string csv = as_csv(report, words_of(Language::arabic));
    CHECK(csv.starts_with("\xEF\xBB\xBF\"النطاق\",\"اليوم\",\"إلى\",\"الوقت\",\"الطابور\""));
    CHECK(csv.find("\"نصف ساعة\",\"2026-11-19\",\"2026-11-19\",\"10:00\",\"general\","
                   "\"'=cmd|\"\"خدمة\"\"\",\"واردة\",\"5\",\"0\",\"2\",\"1\",\"3\",\"2\",\"1\"") !=
          csv.npos);
    CHECK(csv.find("\"34.0\",\"40.0\",\"50.00\",\"60.00\",\"60.00\",\"20.00\"") != csv.npos);
    std::size_t begin = 0;
    std::vector<std::ptrdiff_t> commas;
    for (std::size_t end = csv.find("\r\n"); end != csv.npos; end = csv.find("\r\n", begin)) {
        commas.push_back(std::count(csv.begin() + static_cast<std::ptrdiff_t>(begin),
                                    csv.begin() + static_cast<std::ptrdiff_t>(end), ','));
        begin = end + 2;
    }
    CHECK(begin == csv.size());
    // Headings, a half hour, an hour in which places were told, the whole, no call backs.
    REQUIRE(commas.size() == 5);
    CHECK(std::count(commas.begin(), commas.end(), commas.front()) == 5);
}

TEST_CASE("how honest the told waits were is told by hour, for people and for spreadsheets") {
    const auto measures = fold(told_day());
    const measure::Report report = measures->report({day(19), day(19)}, QueueId{"general"});
    const std::string text = with_single_spaces(text_of(*measures, report, Language::english));
    CHECK(text.find("Waits told, by the hour in which they were told") != text.npos);
    CHECK(text.find("\n10:00 14 6 7 2 28.57 % +0:53 +1:30 2 4 1 0 0 1 0\n") != text.npos);
    CHECK(text.find("\n12:00 0 0 0 0 - - - 0 0 0 0 0 0 1\n") != text.npos);
    CHECK(text.find("\nwhole 14 6 7 2 28.57 % +0:53 +1:30 2 4 1 0 0 1 1\n") != text.npos);
    const std::string arabic = text_of(*measures, report, Language::arabic);
    CHECK(arabic.find("مدد الانتظار المُعلنة") != arabic.npos);
    const std::string csv = as_csv(report, words_of(Language::english));
    CHECK(csv.find("\"hour of the day\",\"2026-11-19\",\"2026-11-19\",\"10:00\",\"general\",") !=
          csv.npos);
    CHECK(csv.find(
              "\"14\",\"6\",\"7\",\"2\",\"3\",\"2\",\"28.57\",\"52.9\",\"90.0\",\"36.9\",\"90.0\","
              "\"2\",\"4\",\"1\",\"0\",\"0\",\"1\",\"0\",") != csv.npos);
    CHECK(csv.find("\"Came back\",\"Number not known\",\"Not yet known\",\"abandon_rate\","
                   "\"rona_rate\",\"transfer_rate\",\"fcr\"\r\n") != csv.npos);
}

TEST_CASE("a difference is told with its sign") {
    CHECK(signed_length_text(0) == "0:00");
    CHECK(signed_length_text(-499'999) == "0:00");
    CHECK(signed_length_text(-500'000) == "-0:01");
    CHECK(signed_length_text(61'000'000) == "+1:01");
}

TEST_CASE("lengths are told as people read them") {
    CHECK(length_text(0) == "0:00");
    CHECK(length_text(499'999) == "0:00");
    CHECK(length_text(500'000) == "0:01");
    CHECK(length_text(61'000'000) == "1:01");
    CHECK(length_text(3'723'000'000) == "1:02:03");
}

}  // namespace amer::report
