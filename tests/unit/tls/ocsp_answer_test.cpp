#include "core/tls/ocsp_answer.h"
#include "core/tls/openssl_handles.h"
#include "tests/support/ocsp_answers.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

/// OCSP answers that somebody has tampered with.
using namespace tls_test;
using base::Errc;

namespace {

class OcspAnswer : public testing::Test {
protected:
    OcspAnswer()
        : m_venue(m_world.ca.issue(m_world.serverOptions()))
    {
        X509* authority = m_world.ca.identity().certificate.get();
        sk_X509_push(m_chain.get(), m_venue.certificate.get());
        sk_X509_push(m_chain.get(), authority);
        X509_STORE_add_cert(m_anchors.get(), authority);
    }

    [[nodiscard]] std::string answer(support::AnswerOptions::Status status) const
    {
        const auto& authority = m_world.ca.identity();
        return support::ocspAnswer(authority, *authority.certificate, *m_venue.certificate, {.status = status});
    }

    base::Status judge(std::string_view bytes)
    {
        const tls::OcspQuestion question{.certificate = *m_venue.certificate,
            .chain = *m_chain,
            .anchors = *m_anchors,
            .at = base::SystemClock().utc()};
        return tls::judgeAnswer({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, question);
    }

    struct StackDeleter {
        void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
    };

    World m_world;
    tls::Identity m_venue;
    std::unique_ptr<STACK_OF(X509), StackDeleter> m_chain{sk_X509_new_null()};
    tls::StorePtr m_anchors{X509_STORE_new()};
};

TEST_F(OcspAnswer, NoChangedBitMakesARevokedCertificateGood)
{
    ASSERT_TRUE(judge(answer(support::AnswerOptions::Status::Good)));
    const std::string revoked = answer(support::AnswerOptions::Status::Revoked);
    ASSERT_EQ(codeOf(judge(revoked)), Errc::CertificateRevoked);
    for (std::size_t at = 0; at < revoked.size(); ++at) {
        std::string changed = revoked;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        EXPECT_FALSE(judge(changed)) << "byte " << at;
    }
}

TEST_F(OcspAnswer, APartOfOneIsNone)
{
    const std::string good = answer(support::AnswerOptions::Status::Good);
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_EQ(codeOf(judge(std::string_view(good).substr(0, size))), Errc::RevocationUnknown) << size;
    EXPECT_EQ(codeOf(judge(good + "x")), Errc::RevocationUnknown);
}

}
