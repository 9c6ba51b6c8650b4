#include "core/stepup/device_quote.h"
#include "core/stepup/dialect.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

using namespace stepup;
namespace recorded = stepup_test::recorded;

namespace {

const Digest RecordedNonce = recorded::digestOf(recorded::NonceHex);

std::string faultOf(const DeviceQuote& quote, const DeviceReference& reference = recorded::reference(),
    const Digest& nonce = RecordedNonce)
{
    const auto verdict = verifyQuote(quote, reference, nonce);
    const auto* refusal = std::get_if<QuoteRefusal>(&verdict);
    return refusal ? faultName(refusal->fault) : "good";
}

TEST(DeviceQuote, isAcceptedAsRecorded)
{
    const auto verdict = verifyQuote(recorded::quote(), recorded::reference(), RecordedNonce);
    ASSERT_TRUE(std::holds_alternative<TpmAttest>(verdict)) << std::get<QuoteRefusal>(verdict).detail;
    const auto& attest = std::get<TpmAttest>(verdict);
    EXPECT_EQ(attest.pcrs, (std::vector<std::uint8_t>{0, 1, 2, 3, 4, 5, 6, 7}));
    EXPECT_TRUE(equalInConstantTime(attest.nonce, RecordedNonce));
    EXPECT_EQ(faultOf(recorded::quote(recorded::LaterAttest, recorded::LaterSignature)), "good");
    const auto later = parseTpmAttest(stepup_test::bytesOfHex(recorded::LaterAttest));
    ASSERT_TRUE(later);
    EXPECT_GT(later->clock, attest.clock);
}

TEST(DeviceQuote, isOfOneStatementOnOneConnection)
{
    const auto nonceOf = [](const ContextStatement& statement, const QuoteBinding& binding) {
        return *quoteNonce(statement, binding);
    };
    EXPECT_EQ(nonceOf(recorded::statement(), recorded::binding()), RecordedNonce);
    auto binding = recorded::binding();
    binding.channelBinding[31] ^= 1U;
    EXPECT_EQ(faultOf(recorded::quote(), recorded::reference(), nonceOf(recorded::statement(), binding)),
        "quote-of-another-statement")
        << "replayed on another connection";
    binding = recorded::binding();
    binding.user = UserId("bob");
    EXPECT_NE(nonceOf(recorded::statement(), binding), RecordedNonce);
    binding = recorded::binding();
    binding.session = "DESK>OTHER";
    EXPECT_NE(nonceOf(recorded::statement(), binding), RecordedNonce);
    auto statement = recorded::statement();
    statement.posture[0].value = "no";
    EXPECT_NE(nonceOf(statement, recorded::binding()), RecordedNonce);
    statement = recorded::statement();
    statement.quote = recorded::quote();
    EXPECT_EQ(nonceOf(statement, recorded::binding()), RecordedNonce) << "the quote does not sign itself";
    statement.program = "two\nlines";
    EXPECT_FALSE(quoteNonce(statement, recorded::binding()));
    EXPECT_FALSE(quoteNonce(recorded::statement(), {}));
}

TEST(DeviceQuote, needsTheRegisteredKey)
{
    auto reference = recorded::reference();
    reference.key = stepup_test::bytesOfHex(recorded::OtherKeyHex);
    EXPECT_EQ(faultOf(recorded::quote(), reference), "quote-signature-wrong");
    reference.key[64] ^= 1U; // no point of the curve
    EXPECT_EQ(faultOf(recorded::quote(), reference), "quote-signature-wrong");
    EXPECT_EQ(faultOf(recorded::quote(recorded::GoodAttest, recorded::LaterSignature)), "quote-signature-wrong");
}

TEST(DeviceQuote, isRefusedWithOneBitChanged)
{
    const auto good = recorded::quote();
    for (std::size_t at = 0; at < good.attest.size(); ++at) {
        auto bad = good;
        bad.attest[at] ^= 1U;
        EXPECT_EQ(faultOf(bad), "quote-signature-wrong") << at;
    }
    for (std::size_t at = 0; at < good.signature.size(); ++at) {
        auto bad = good;
        bad.signature[at] ^= 1U;
        EXPECT_EQ(faultOf(bad), "quote-signature-wrong") << at;
    }
}

TEST(DeviceQuote, isOfTheRegisteredRegistersWithTheirValues)
{
    auto fewer = recorded::quote(recorded::FewerAttest, recorded::FewerSignature);
    fewer.pcrs.resize(4);
    EXPECT_EQ(faultOf(fewer), "quote-of-other-registers");
    const auto verdict = verifyQuote(recorded::changedQuote(), recorded::reference(), RecordedNonce);
    ASSERT_TRUE(std::holds_alternative<QuoteRefusal>(verdict));
    EXPECT_EQ(std::get<QuoteRefusal>(verdict),
        (QuoteRefusal{QuoteFault::RegistersChanged, "these registers are not as registered: 7"}));
    auto lie =
        recorded::quote(recorded::ChangedAttest, recorded::ChangedSignature); // with the registered values beside
    EXPECT_EQ(faultOf(lie), "quote-malformed");
    auto reference = recorded::reference();
    reference.pcrs[7] = recorded::digestOf(recorded::ChangedPcr7Hex);
    EXPECT_EQ(faultOf(recorded::changedQuote(), reference), "good") << "registered anew";
}

TEST(DeviceQuote, isBounded)
{
    auto quote = recorded::quote();
    quote.attest.resize(MaxAttestSize + 1);
    EXPECT_EQ(faultOf(quote), "quote-malformed");
    quote = recorded::quote();
    quote.signature.push_back(0);
    EXPECT_EQ(faultOf(quote), "quote-malformed");
    quote = recorded::quote();
    quote.pcrs.resize(25);
    EXPECT_EQ(faultOf(quote), "quote-malformed");
    quote.pcrs.clear();
    EXPECT_EQ(faultOf(quote), "quote-malformed");
    EXPECT_FALSE(quoteBytes(quote));
}

TEST(DeviceQuote, hasOneSpelling)
{
    const auto bytes = quoteBytes(recorded::quote());
    ASSERT_TRUE(bytes);
    const auto read = parseQuote(*bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, recorded::quote());
    for (std::size_t size = 0; size < bytes->size(); ++size)
        EXPECT_FALSE(parseQuote(ByteView(*bytes).first(size))) << size;
}

TEST(DeviceQuote, travelsInAContext)
{
    auto statement = recorded::statement();
    statement.quote = recorded::quote();
    const auto text = payloadText(DeskPayload(statement));
    ASSERT_TRUE(text) << text.error().detail;
    const auto read = parseDeskPayload(*text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, DeskPayload(statement));
    const Bytes bytes = *bytesOfBase64Url(*text);
    const std::size_t without = bytesOfBase64Url(*payloadText(DeskPayload(recorded::statement())))->size();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_EQ(parseDeskPayload(base64Url(ByteView(bytes).first(size))).has_value(), size == without) << size;
    statement.quote->signature.clear();
    EXPECT_FALSE(payloadText(DeskPayload(statement)));
}

TEST(TpmAttest, isRefusedCutOffAtEachByte)
{
    const Bytes whole = stepup_test::bytesOfHex(recorded::GoodAttest);
    ASSERT_TRUE(parseTpmAttest(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parseTpmAttest(ByteView(whole).first(size))) << size;
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_FALSE(parseTpmAttest(longer));
}

/// The offsets of TPMS_ATTEST with a name of 34 bytes and a nonce of 32.
TEST(TpmAttest, isAQuoteOfTheSha256BankAlone)
{
    struct Case {
        std::size_t at;
        std::uint8_t value;
        const char* what;
    };
    for (const auto& [at, value, what] : {Case{0, 0x00, "magic"}, Case{5, 0x17, "another kind of statement"},
             Case{6, 0x01, "a name that is too long"}, Case{42, 0x01, "a nonce that is too long"},
             Case{92, 2, "no truth value"}, Case{104, 2, "two banks"}, Case{106, 0x04, "SHA-1"},
             Case{107, 4, "more registers than there are"}, Case{112, 31, "no digest of SHA-256"}}) {
        Bytes bytes = stepup_test::bytesOfHex(recorded::GoodAttest);
        ASSERT_NE(bytes[at], value) << what;
        bytes[at] = value;
        EXPECT_FALSE(parseTpmAttest(bytes)) << what;
    }
    Bytes none = stepup_test::bytesOfHex(recorded::GoodAttest);
    ASSERT_EQ(none[108], 0xff);
    none[108] = 0;
    EXPECT_FALSE(parseTpmAttest(none)) << "of no register";
}

TEST(DeviceReference, hasOneSpelling)
{
    for (const auto secureBoot : {std::optional<bool>(), std::optional(false), std::optional(true)}) {
        auto reference = recorded::reference();
        reference.secureBoot = secureBoot;
        const auto text = referenceText(reference);
        ASSERT_TRUE(text) << text.error().detail;
        const auto read = parseReference(*text);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, reference);
        const Bytes bytes = *bytesOfBase64Url(*text);
        const std::size_t withoutLast = secureBoot ? bytes.size() - 4 : bytes.size();
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_EQ(parseReference(base64Url(ByteView(bytes).first(size))).has_value(), size == withoutLast) << size;
    }
}

TEST(DeviceReference, isSound)
{
    auto reference = recorded::reference();
    reference.key[10] ^= 1U;
    EXPECT_FALSE(checkReference(reference)) << "no point of the curve";
    reference = recorded::reference();
    reference.pcrs.erase(7);
    EXPECT_FALSE(checkReference(reference)) << "nothing proves Secure Boot";
    reference.secureBoot.reset();
    EXPECT_TRUE(checkReference(reference));
    reference.pcrs[24] = {};
    EXPECT_FALSE(checkReference(reference));
    reference.pcrs.clear();
    EXPECT_FALSE(checkReference(reference));
    EXPECT_FALSE(parseReference("no base64"));
}

}
