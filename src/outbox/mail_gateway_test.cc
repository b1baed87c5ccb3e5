#include "outbox/mail_gateway.h"

#include <doctest/doctest.h>

#include "outbox/fake_mail_server.h"
#include "outbox/mail_form.h"
#include "outbox/test_notifications.h"

using namespace amer;
using namespace amer::outbox;
using namespace std::chrono_literals;
using Kind = Delivery::Kind;
using Security = MailSettings::Security;

namespace {

MailSettings settings_for(const std::string& server) {
    MailSettings settings;
    settings.server = server;
    settings.from = "amer@ministry.example";
    settings.security = Security::none;
    settings.timeout = 500ms;
    return settings;
}

Message mail() {
    return {"amer-7-1",
            notification::Channel::mail,
            "duty@ministry.example",
            "وعد متأخر | Overdue",
            "سطر\n.نقطة\n",
            example::kStart};
}

}  // namespace

TEST_CASE("a mail is taken by the server, whole and in letters of both languages") {
    const fake::MailServer server;
    MailGateway gateway{settings_for(server.server())};
    const Delivery delivery = gateway.send(mail());
    CHECK(delivery.kind == Kind::sent);
    CHECK(delivery.detail == "SMTP 250");
    const auto seen = server.seen();
    REQUIRE(seen.delivered.size() == 1);
    CHECK(seen.delivered[0].from.starts_with("<amer@ministry.example>"));
    CHECK(seen.delivered[0].to.starts_with("<duty@ministry.example>"));
    CHECK(seen.delivered[0].id == "<amer-7-1@ministry.example>");
    CHECK(seen.delivered[0].text ==
          "Date: Thu, 19 Nov 2026 14:00:00 +0000\nFrom: <amer@ministry.example>\n"
          "To: <duty@ministry.example>\n"
          "Subject: =?utf-8?B?2YjYudivINmF2KrYo9iu2LEgfCBPdmVyZHVl?=\n"
          "Message-ID: <amer-7-1@ministry.example>\nMIME-Version: 1.0\n"
          "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n"
          "Auto-Submitted: auto-generated\n\n2LPYt9ixDQou2YbZgti32KkNCg==\n");
}

TEST_CASE("base64, and a long subject in words of at most 75 letters, none cut within a letter") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foobar") == "Zm9vYmFy");
    std::string many;
    for (int at = 0; at < 60; ++at) many += "ب";
    const std::string words = encoded_words(many);
    std::size_t from = 0;
    while (from < words.size()) {
        const std::size_t end = std::min(words.find("\r\n ", from), words.size());
        CHECK(end - from <= 75);
        from = end + 3;
    }
    CHECK(words.starts_with("=?utf-8?B?" + base64(many.substr(0, 42)) + "?=\r\n "));
}

TEST_CASE("what a mail server answers says whether to come again") {
    fake::MailServer server;
    MailGateway gateway{settings_for(server.server())};
    const std::vector<std::pair<int, Kind>> answers{{250, Kind::sent},
                                                    {550, Kind::never},
                                                    {451, Kind::later},
                                                    {fake::MailServer::kHang, Kind::later},
                                                    {fake::MailServer::kBreakOff, Kind::later}};
    for (const auto& answer : answers) {
        server.will({answer.first});
        const Delivery delivery = gateway.send(mail());
        CHECK_MESSAGE(delivery.kind == answer.second, answer.first, " ", delivery.detail);
    }
    MailGateway nobody{settings_for("127.0.0.1:1")};
    CHECK(nobody.send(mail()).kind == Kind::later);
}

TEST_CASE("a login that is refused is put right by somebody; it is said without the secret") {
    fake::MailServer server;
    server.lets_in(base64(std::string{"\0amer\0open-sesame", 17}));
    MailSettings settings = settings_for(server.server());
    settings.user = "amer";
    SUBCASE("the right one") {
        settings.secret = "open-sesame";
        MailGateway gateway{settings};
        CHECK(gateway.send(mail()).kind == Kind::sent);
    }
    SUBCASE("a wrong one") {
        settings.secret = "wrong-secret";
        MailGateway gateway{settings};
        const Delivery delivery = gateway.send(mail());
        CHECK(delivery.kind == Kind::later);
        CHECK(delivery.detail.find("wrong-secret") == std::string::npos);
        CHECK(server.seen().delivered.empty());
    }
}

TEST_CASE("a server without encryption is told neither login nor mail when it was asked for") {
    const fake::MailServer server;
    MailSettings settings = settings_for(server.server());
    settings.security = Security::starttls;
    settings.user = "amer";
    settings.secret = "open-sesame";
    MailGateway gateway{settings};
    CHECK(gateway.send(mail()).kind == Kind::later);
    CHECK(server.seen().delivered.empty());
    for (const std::string& line : server.seen().lines) CHECK_FALSE(line.starts_with("AUTH"));
}

TEST_CASE("what is wrong with the settings of mails is said with the key") {
    CHECK(complaints_of(settings_for("127.0.0.1:2525")).empty());
    CHECK(complaints_of(settings_for("mail.example")).at(0).key == "security");
    CHECK(complaints_of(settings_for("mail example")).at(0).key == "server");
    MailSettings settings = settings_for("mail.example");
    settings.allow_insecure = true;
    CHECK(complaints_of(settings).empty());
    settings.security = Security::tls;
    settings.from = "nobody";
    CHECK(complaints_of(settings).at(0).key == "from");
}
