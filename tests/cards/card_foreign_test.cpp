/// Other programs at the same card, each in a process of its own, with the real middleware: as card_matrix_test.cpp.
#include "tests/cards/card_matrix.h"

namespace {

using namespace cards_test;

class CardForeign : public CardMatrix {
protected:
    void SetUp() override
    {
        start(settings(trader()));
        signIn();
        ASSERT_TRUE(handshake());
    }

    /// Whether the sign-in has outlived the program. Either way the desk goes on with the same card.
    bool outlives(const std::string& program)
    {
        const auto identity = m_tokens->identity();
        EXPECT_TRUE(support::VirtualCards::program(program)) << program;
        const bool stays = signsAndVerifies(*identity);
        if (!stays) {
            EXPECT_TRUE(waitForLoss());
            EXPECT_EQ(m_tokens->losses().size(), 1U);
            EXPECT_EQ(m_tokens->losses()[0].code, Errc::TokenAbsent) << m_tokens->losses()[0].detail;
            EXPECT_FALSE(m_tokens->identity());
            signIn();
        }
        EXPECT_TRUE(handshake());
        EXPECT_EQ(m_cards.tell("status trader")["wrong_pins"], 0);
        return stays;
    }

    [[nodiscard]] int verifications() { return m_cards.tell("status trader")["verifications"].get<int>(); }

    [[nodiscard]] static bool isOpenSc()
    {
        return environment("COUNTERSIGN_MODULE").find("opensc") != std::string::npos;
    }

    /// pkcs11-tool with a module of its own, as a browser has it.
    [[nodiscard]] static std::string pkcs11Tool(const std::string& module, const std::string& what)
    {
        const std::string ours = environment("COUNTERSIGN_MODULE");
        return "pkcs11-tool --module " + ours.substr(0, ours.rfind('/') + 1) + module + ' ' + what;
    }
};

/// It resets the card when it goes; so does the next one. ykcs11 keeps the PIN and gives it again.
TEST_F(CardForeign, OneThatAsksTheCardWhatItIs)
{
    EXPECT_EQ(outlives("yubico-piv-tool -a status"), !isOpenSc());
}

TEST_F(CardForeign, OneThatResetsTheCard)
{
    EXPECT_EQ(outlives("opensc-tool --reset"), !isOpenSc());
    EXPECT_EQ(verifications(), 2);
}

/// It logs out, which PC/SC does not tell: no module gives the PIN again.
TEST_F(CardForeign, OneThatListsWhatIsOnTheCard)
{
    EXPECT_FALSE(outlives(pkcs11Tool("opensc-pkcs11.so", "--list-objects")));
}

TEST_F(CardForeign, OneThatSignsWithTheSameKeyAndThePin)
{
    const std::string file = environment("COUNTERSIGN_CARDS") + "/to-sign";
    ASSERT_TRUE(support::VirtualCards::program("head -c 32 /dev/urandom | tee " + file + " >/dev/null"));
    const std::string mechanism = environment("COUNTERSIGN_KEY") == "rsa2048" ? "SHA256-RSA-PKCS" : "ECDSA";
    const int before = signatures("trader");
    EXPECT_EQ(outlives(pkcs11Tool("libykcs11.so",
                  "--login --pin " + Pin + " --sign --id 01 --mechanism " + mechanism + " -i " + file + " -o " + file
                      + ".signed")),
        !isOpenSc());
    EXPECT_GT(signatures("trader"), before + 2) << "its own, ours, and the handshake";
}

}
