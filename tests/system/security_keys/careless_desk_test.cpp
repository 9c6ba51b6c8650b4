#include "auth/fido/answers.h"
#include "auth/fido/libfido2_owners.h"
#include "tests/system/security_keys/step_up_fixture.h"

#include <fido.h>
#include <optional>
#include <span>

/// Answers of a security key that the desk would not pass on, brought to the relying party by libfido2 alone: the
/// server relies on no desk.
using stepup::VerifyRefusal;

namespace {

class CarelessDesk : public StepUp {
protected:
    struct CloseDevice {
        void operator()(fido_dev_t* device) const
        {
            (void)fido_dev_close(device);
            fido_dev_free(&device);
        }
    };
    using OpenDevice = std::unique_ptr<fido_dev_t, CloseDevice>;

    OpenDevice open()
    {
        fido_init(0);
        OpenDevice device(fido_dev_new());
        EXPECT_EQ(fido_dev_open(device.get(), first.c_str()), FIDO_OK);
        return device;
    }
    static fido::Bytes copy(const unsigned char* data, std::size_t size) { return {data, data + size}; }

    stepup::Assertion carelessTouch(const stepup::Challenge& challenge)
    {
        const auto device = open();
        const fido::Assert inquiry(fido_assert_new());
        const auto signedHash = hashOf(challenge, peer);
        EXPECT_EQ(fido_assert_set_rp(inquiry.get(), RpId), FIDO_OK);
        EXPECT_EQ(fido_assert_set_clientdata_hash(inquiry.get(), signedHash.data(), signedHash.size()), FIDO_OK);
        for (const auto& id : challenge.allowed)
            EXPECT_EQ(fido_assert_allow_cred(inquiry.get(), id.data(), id.size()), FIDO_OK);
        EXPECT_EQ(fido_dev_get_assert(device.get(), inquiry.get(), Pin), FIDO_OK);
        const auto data = fido::byteStringIn(
            {fido_assert_authdata_ptr(inquiry.get(), 0), fido_assert_authdata_len(inquiry.get(), 0)});
        return {challenge.allowed.at(0), data.value_or(fido::Bytes()),
            copy(fido_assert_sig_ptr(inquiry.get(), 0), fido_assert_sig_len(inquiry.get(), 0))};
    }
    std::variant<stepup::Credential, stepup::Refusal> carelessEnrol()
    {
        const auto device = open();
        const auto challenge = ask(stepup::EnrolKey{"alice", "Blue key"});
        const auto signedHash = hashOf(challenge, peer);
        const fido::Cred cred(fido_cred_new());
        const fido::Bytes user{1, 2, 3, 4};
        EXPECT_EQ(fido_cred_set_type(cred.get(), COSE_ES256), FIDO_OK);
        EXPECT_EQ(fido_cred_set_rp(cred.get(), RpId, "Example"), FIDO_OK);
        EXPECT_EQ(fido_cred_set_user(cred.get(), user.data(), user.size(), "alice", "alice", nullptr), FIDO_OK);
        EXPECT_EQ(fido_cred_set_clientdata_hash(cred.get(), signedHash.data(), signedHash.size()), FIDO_OK);
        EXPECT_EQ(fido_cred_set_prot(cred.get(), FIDO_CRED_PROT_UV_REQUIRED), FIDO_OK);
        EXPECT_EQ(fido_dev_make_cred(device.get(), cred.get(), Pin), FIDO_OK);
        return registrations.verify(peer, challenge.bytes,
            {copy(fido_cred_authdata_raw_ptr(cred.get()), fido_cred_authdata_raw_len(cred.get())),
                fido_cred_fmt(cred.get()), copy(fido_cred_attstmt_ptr(cred.get()), fido_cred_attstmt_len(cred.get())),
                signedHash});
    }
    void build(int set, int cleared)
    {
        virtualKeys.ask({{"do", "build"}, {"flags_set", set}, {"flags_cleared", cleared}});
    }

    struct Flags {
        int set;
        int cleared;
        VerifyRefusal refusal;
    };
    static constexpr int Present = 0x01;
    static constexpr int Verified = 0x04;
    static constexpr int CanBeCopied = 0x08;
    static constexpr int IsCopied = 0x10;
    static constexpr Flags Wrong[]{{0, Verified, VerifyRefusal::UserNotVerified},
        {0, Present, VerifyRefusal::UserNotPresent}, {CanBeCopied, 0, VerifyRefusal::BackupEligible},
        {IsCopied, 0, VerifyRefusal::BackedUp}};
};

}

TEST_F(CarelessDesk, BringsAnswersThatAreRefusedForTheirFlags)
{
    const auto credential = enrolledCredential();
    for (const auto& [set, cleared, refusal] : Wrong) {
        SCOPED_TRACE(stepup::refusalName(refusal));
        build(set, cleared);
        const auto challenge = ask(action(), {credential.id});
        EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, carelessTouch(challenge))), refusal);
    }
    build(0, 0);
    const auto challenge = ask(action(), {credential.id});
    EXPECT_TRUE(
        std::holds_alternative<stepup::Approval>(assertions.verify(peer, challenge.bytes, carelessTouch(challenge))));
}

TEST_F(CarelessDesk, BringsEnrolmentsThatAreRefusedForTheirFlags)
{
    for (const auto& [set, cleared, refusal] : Wrong) {
        SCOPED_TRACE(stepup::refusalName(refusal));
        build(set, cleared);
        EXPECT_EQ(refusalOf(carelessEnrol()), refusal);
    }
    build(0, 0);
    EXPECT_TRUE(std::holds_alternative<stepup::Credential>(carelessEnrol()));
}

TEST_F(CarelessDesk, BringsACredentialThatIsNotProtected)
{
    for (const int level : {0, 1, 2}) {
        SCOPED_TRACE(level);
        virtualKeys.ask({{"do", "build"}, {"protection", level}});
        EXPECT_EQ(refusalOf(carelessEnrol()), VerifyRefusal::ProtectionMissing);
    }
    EXPECT_TRUE(registry.of(peer.user).empty());
}
