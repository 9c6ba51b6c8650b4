#pragma once

#include "core/tls/identity.h"
#include "tests/support/key_signer.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace session_test {

/// A token that signs when the test lets it.
class HeldToken final : public tls::Signer {
public:
    explicit HeldToken(tls::KeyPtr key)
        : m_signer(std::move(key))
    {
    }
    ~HeldToken() override = default;

    base::Result<std::vector<std::uint8_t>> sign(Scheme scheme, std::span<const std::uint8_t> input) override
    {
        std::unique_lock lock(m_mutex);
        ++m_begun;
        m_change.notify_all();
        m_change.wait(lock, [this] { return !m_holds; });
        if (m_removed)
            return base::Error{base::Errc::TokenAbsent, "the token was removed"};
        return m_signer.sign(scheme, input);
    }

    void hold()
    {
        set([this] { m_holds = true; });
    }
    void release()
    {
        set([this] { m_holds = false; });
    }
    void remove()
    {
        set([this] { m_removed = true; });
    }
    /// How many signatures were begun.
    int begun()
    {
        const std::lock_guard lock(m_mutex);
        return m_begun;
    }
    bool waitForSignature(int number)
    {
        std::unique_lock lock(m_mutex);
        return m_change.wait_for(lock, std::chrono::seconds(20), [&] { return m_begun >= number; });
    }

private:
    void set(const std::function<void()>& change)
    {
        const std::lock_guard lock(m_mutex);
        change();
        m_change.notify_all();
    }

    support::KeySigner m_signer;
    std::mutex m_mutex;
    std::condition_variable m_change;
    int m_begun = 0;
    bool m_holds = false;
    bool m_removed = false;
};

/// The identity of desk-1 whose key is on such a token.
struct HeldIdentity {
    std::shared_ptr<HeldToken> token;
    std::shared_ptr<const tls::Identity> identity;
};
inline HeldIdentity heldIdentity(const support::TestCa& ca)
{
    auto key = support::generateKey(support::KeyType::Ec256);
    support::CertificateOptions options;
    options.commonName = "desk-1";
    options.purpose = support::Purpose::Client;
    auto identity = std::make_shared<tls::Identity>();
    identity->certificate = ca.issueFor(*key, options);
    auto token = std::make_shared<HeldToken>(std::move(key));
    auto delegating = tls::delegatingKey(*identity->certificate, token);
    EXPECT_TRUE(delegating);
    identity->key = *std::move(delegating);
    return {std::move(token), std::move(identity)};
}

}
