#include "core/store/toml_document.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace {

using namespace std::chrono_literals;
using base::Errc;
using store::TomlDocument;

TomlDocument parsed(std::string_view text)
{
    auto document = TomlDocument::parse(text, "/etc/desk.toml");
    if (!document) {
        ADD_FAILURE() << document.error().detail;
        std::abort();
    }
    return std::move(*document);
}

std::string problems(const TomlDocument& document)
{
    const base::Status status = document.finish();
    return status ? "" : status.error().detail;
}

TEST(TomlDocument, ReadsEveryKindOfValue)
{
    const TomlDocument document = parsed(R"(
        name = "VENUE-X"
        port = 7801
        on = true
        tight = "0.0025"
        whole = 25
        wait = "250ms"
        long = "12h"
        ca = "pki/../ca.pem"
        module = "/usr/lib/softhsm/libsofthsm2.so"
        dealers = ["A", "B"]
        holidays = [2026-12-25, "2027-01-01"]
        theme = "dark"
    )");
    const auto root = document.root();
    EXPECT_EQ(root.required("name").text(), "VENUE-X");
    EXPECT_EQ(root.required("port").integer(1, 65535), 7801);
    EXPECT_EQ(root.required("on").flag(), true);
    EXPECT_EQ(root.required("tight").decimal()->text(), "0.0025");
    EXPECT_EQ(root.required("whole").decimal()->text(), "25");
    EXPECT_EQ(root.required("wait").duration(0ms, 1s), 250ms);
    EXPECT_EQ(root.required("long").duration(1s, 24h), 12h);
    EXPECT_EQ(root.required("ca").path(), "/etc/ca.pem");
    EXPECT_EQ(root.required("module").path(), "/usr/lib/softhsm/libsofthsm2.so");
    EXPECT_EQ(root.required("dealers").texts(), (std::vector<std::string>{"A", "B"}));
    using namespace std::chrono;
    EXPECT_EQ(root.required("holidays").dates(), (std::vector<base::Date>{2026y / 12 / 25, 2027y / 1 / 1}));
    enum class Theme { Dark, Light };
    constexpr std::array<std::pair<std::string_view, Theme>, 2> Themes{
        {{"dark", Theme::Dark}, {"light", Theme::Light}}};
    EXPECT_EQ(root.required("theme").choice<Theme>(Themes), Theme::Dark);
    EXPECT_EQ(problems(document), "");
}

TEST(TomlDocument, AnErrorNamesFileLineKeyExpectedAndFound)
{
    const TomlDocument document = parsed("[session]\n\nport = \"high\"\n");
    EXPECT_FALSE(document.root().table("session").required("port").integer(1, 65535));
    EXPECT_EQ(
        problems(document), "/etc/desk.toml:3: key 'session.port': expected an integer from 1 to 65535, found 'high'");
}

TEST(TomlDocument, AValueOutOfRangeIsRefused)
{
    const TomlDocument document = parsed("port = 65536\nlife = \"2h\"\n");
    EXPECT_FALSE(document.root().required("port").integer(1, 65535));
    EXPECT_FALSE(document.root().required("life").duration(1s, 1h));
    EXPECT_EQ(problems(document),
        "/etc/desk.toml:1: key 'port': expected an integer from 1 to 65535, found 65536\n"
        "/etc/desk.toml:2: key 'life': expected a duration in quotes (ms, s, min or h) from \"1s\" to \"1h\", found "
        "'2h'");
}

TEST(TomlDocument, ARequiredKeyThatIsMissingIsAProblemOfItsTable)
{
    const TomlDocument document = parsed("\n[[session]]\nname = \"A\"\n");
    const auto sessions = document.root().tables("session");
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_EQ(sessions[0].required("name").text(), "A");
    EXPECT_FALSE(sessions[0].required("host").text());
    EXPECT_EQ(
        problems(document), "/etc/desk.toml:2: key 'session.host': expected a string that is not empty, found nothing");
}

TEST(TomlDocument, AnOptionalKeyMayBeMissing)
{
    const TomlDocument document = parsed("");
    EXPECT_FALSE(document.root().optional("host").text());
    EXPECT_FALSE(document.root().table("ui").optional("theme").text());
    EXPECT_TRUE(document.root().tables("session").empty());
    EXPECT_EQ(problems(document), "");
}

TEST(TomlDocument, AnUnknownKeyIsAnErrorWithASuggestion)
{
    const TomlDocument document = parsed("[[session]]\nname = \"A\"\nsendr_comp_id = \"X\"\n");
    for (const auto& session : document.root().tables("session")) {
        EXPECT_TRUE(session.required("name").text());
        EXPECT_FALSE(session.optional("sender_comp_id").text());
    }
    EXPECT_EQ(problems(document),
        "/etc/desk.toml:3: key 'session.sendr_comp_id': unknown key; did you mean 'sender_comp_id'?");
}

TEST(TomlDocument, AnUnknownKeyFarFromAllKnownOnesListsThem)
{
    const TomlDocument document = parsed("[ui]\ncolour = \"red\"\n");
    const auto ui = document.root().table("ui");
    EXPECT_FALSE(ui.optional("theme").text());
    EXPECT_FALSE(ui.optional("language").text());
    EXPECT_EQ(problems(document), "/etc/desk.toml:2: key 'ui.colour': unknown key; expected one of theme, language");
}

TEST(TomlDocument, AllProblemsOfAFileAreTold)
{
    const TomlDocument document = parsed("a = 1\nb = true\nc = 1.5\n");
    EXPECT_FALSE(document.root().required("c").decimal());
    EXPECT_FALSE(document.root().required("a").text());
    const std::string text = problems(document);
    EXPECT_NE(text.find(":1: key 'a': expected a string"), std::string::npos) << text;
    EXPECT_NE(text.find(":2: key 'b': unknown key"), std::string::npos) << text;
    EXPECT_NE(
        text.find(
            ":3: key 'c': expected a decimal number in quotes, such as \"0.0025\", or an integer, found a floating"),
        std::string::npos)
        << text;
    EXPECT_LT(text.find(":1:"), text.find(":3:"));
}

TEST(TomlDocument, AChoiceListsWhatIsAllowed)
{
    const TomlDocument document = parsed("theme = \"blue\"");
    constexpr std::array<std::pair<std::string_view, int>, 2> Themes{{{"dark", 1}, {"light", 2}}};
    EXPECT_FALSE(document.root().required("theme").choice<int>(Themes));
    EXPECT_EQ(problems(document), "/etc/desk.toml:1: key 'theme': expected one of \"dark\", \"light\", found 'blue'");
}

TEST(TomlDocument, ATableWhereAValueBelongsIsAProblemAndTheOtherWayRound)
{
    const TomlDocument document = parsed("ui = 3\nsession = \"x\"\n[limits]\nname = { a = 1 }\n");
    EXPECT_FALSE(document.root().table("ui").present());
    EXPECT_TRUE(document.root().tables("session").empty());
    EXPECT_FALSE(document.root().table("limits").required("name").text());
    const std::string text = problems(document);
    EXPECT_NE(text.find(":1: key 'ui': expected a table, found 3"), std::string::npos) << text;
    EXPECT_NE(text.find(":2: key 'session': expected tables under [[session]], found 'x'"), std::string::npos) << text;
    EXPECT_NE(text.find(":4: key 'limits.name': expected a string that is not empty, found a table"), std::string::npos)
        << text;
}

TEST(TomlDocument, KeysOfTheUsersOwnAreListed)
{
    const TomlDocument document = parsed("[max]\nEUR = 1\nUSD = 2\n");
    const auto table = document.root().table("max");
    for (const std::string& key : table.keys())
        EXPECT_TRUE(table.required(key).integer(0, 9));
    EXPECT_EQ(problems(document), "");
}

TEST(TomlDocument, DurationsWithoutUnitAreRefused)
{
    for (const char* text : {"30", "s", "1.5s", "-1s", "30 s", "", "99999999999999999999s", "1d"}) {
        const TomlDocument document = parsed(std::string("wait = \"") + text + "\"");
        EXPECT_FALSE(document.root().required("wait").duration(0ms, 1h)) << text;
        EXPECT_NE(problems(document), "") << text;
    }
}

TEST(TomlDocument, GarbageIsAnErrorWithALine)
{
    for (const char* text : {"a = 1\n[[[", "a = 1\na = 2\n", "\x01\x02", "x = \"\n", "a = 1\n\xff\xfe = 2",
             "[\xc3\xa9]", "\xc3\xa9 = 1", "a = 1 \xc4\x84", "[", "[ [a]]", "[\x01]"}) {
        const auto document = TomlDocument::parse(text, "f.toml");
        ASSERT_FALSE(document) << text;
        EXPECT_EQ(document.error().code, Errc::Configuration);
        EXPECT_EQ(document.error().detail.rfind("f.toml:", 0), 0u) << document.error().detail;
    }
}

TEST(TomlDocument, WordsBeyondAsciiBelongInStringsAndComments)
{
    const TomlDocument document =
        parsed("\xef\xbb\xbf# \xc3\xa9\na = \"Z\xc3\xbcrich\" # \xc3\xa9\n"
               "b = \"\"\"\n\xc3\xa9\"\"\"\"\"\nc = [\n ['\xc3\xa9\\'], [\"\\\"\xc3\xa9\"],\n]\n[d]\n");
    EXPECT_EQ(document.root().required("a").text(), "Z\xc3\xbcrich");
    EXPECT_EQ(document.root().required("b").text(), "\xc3\xa9\"\"");
}

TEST(TomlDocument, AMissingFileADirectoryAndAHugeFileAreIoErrors)
{
    EXPECT_EQ(TomlDocument::open("/nonexistent/desk.toml").error().code, Errc::Io);
    EXPECT_EQ(TomlDocument::open("/tmp").error().code, Errc::Io);
    EXPECT_EQ(TomlDocument::open("/dev/zero").error().code, Errc::Io);
    const auto huge = std::filesystem::temp_directory_path() / "countersign-toml-document-huge.toml";
    std::ofstream(huge) << std::string(TomlDocument::MaxSize + 1, '#');
    EXPECT_EQ(TomlDocument::open(huge).error().code, Errc::Io);
    std::filesystem::remove(huge);
}

}
