/// Cards that go before the module has noticed. OpenSC 0.23 that was initialised for several threads waits for itself
/// for ever in that case; we initialise it for one.
#include "auth/pkcs11_module.h"
#include "tests/support/virtual_cards.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;

/// Ends the test run where `calls` does not return: a thread that waits for itself cannot be ended.
void mustReturn(const std::function<void()>& calls)
{
    std::promise<void> returned;
    auto waiting = returned.get_future();
    std::thread caller([&] {
        calls();
        returned.set_value();
    });
    if (waiting.wait_for(60s) != std::future_status::ready) {
        std::fputs("a call of the PKCS#11 module does not return\n", stderr);
        std::_Exit(1);
    }
    caller.join();
}

class CardExchange : public testing::Test {
protected:
    CardExchange()
    {
        for (const char* name : {"first", "second", "third"})
            m_cards.tell(std::string("make ") + name + " 9a=p256");
    }
    ~CardExchange() override
    {
        m_module.reset();
        m_cards.tell("remove 0");
        m_cards.tell("remove 1");
    }

    /// Loads the module when it sees `count` cards: ykcs11 never sees one that comes later.
    std::vector<CK_SLOT_ID> load(std::size_t count)
    {
        const std::string path = std::getenv("COUNTERSIGN_MODULE");
        std::vector<CK_SLOT_ID> slots;
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (slots.size() != count && std::chrono::steady_clock::now() < deadline) {
            m_module.reset();
            auto loaded = auth::Pkcs11Module::load(path, {path});
            if (!loaded) {
                ADD_FAILURE() << loaded.error().detail;
                break;
            }
            m_module = *std::move(loaded);
            slots.resize(8);
            CK_ULONG room = slots.size();
            EXPECT_EQ(functions().C_GetSlotList(CK_TRUE, slots.data(), &room), CKR_OK);
            slots.resize(room);
        }
        EXPECT_EQ(slots.size(), count);
        return slots;
    }

    [[nodiscard]] CK_FUNCTION_LIST& functions() { return m_module->functions(); }

    CK_SESSION_HANDLE logIn(CK_SLOT_ID slot)
    {
        CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
        std::string pin = "123456";
        EXPECT_EQ(functions().C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
        EXPECT_EQ(
            functions().C_Login(session, CKU_USER, reinterpret_cast<unsigned char*>(pin.data()), pin.size()), CKR_OK);
        return session;
    }

    /// Whatever it answers, it must answer. Several times: the first look may be of what is remembered.
    void look(const std::vector<CK_SLOT_ID>& slots)
    {
        for (int time = 0; time < 3; ++time)
            for (const CK_SLOT_ID slot : slots) {
                CK_TOKEN_INFO token{};
                functions().C_GetTokenInfo(slot, &token);
            }
    }

    support::VirtualCards m_cards;
    std::unique_ptr<auth::Pkcs11Module> m_module;
};

TEST_F(CardExchange, ACardThatHasJustGoneKeepsNoCall)
{
    m_cards.tell("insert 0 first");
    const auto slots = load(1);
    ASSERT_EQ(slots.size(), 1U);
    mustReturn([&] {
        const CK_SESSION_HANDLE session = logIn(slots[0]);
        look(slots);
        m_cards.tell("remove 0");
        look(slots);
        m_cards.tell("insert 0 second");
        look(slots);
        functions().C_Logout(session);
        functions().C_CloseSession(session);
        m_module.reset();
    });
}

TEST_F(CardExchange, ASecondCardThatIsExchangedKeepsNoCallNorTheSignInWithTheFirst)
{
    m_cards.tell("insert 0 first");
    m_cards.tell("insert 1 second");
    const auto slots = load(2);
    ASSERT_EQ(slots.size(), 2U);
    mustReturn([&] {
        const CK_SESSION_HANDLE session = logIn(slots[0]);
        for (const char* next : {"third", "second"}) {
            look(slots);
            m_cards.tell("remove 1");
            look(slots);
            m_cards.tell(std::string("insert 1 ") + next);
            look(slots);
        }
        CK_SESSION_INFO state{};
        EXPECT_EQ(functions().C_GetSessionInfo(session, &state), CKR_OK);
        EXPECT_EQ(state.state, static_cast<CK_STATE>(CKS_RO_USER_FUNCTIONS));
        m_module.reset();
    });
}

}
