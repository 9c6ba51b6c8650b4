#include "auth/device/tpm.h"

#include "auth/device/tss_library.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace device {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::int32_t Patience = 2'000; // milliseconds, for one look at whether the TPM has answered
constexpr int Looks = 5; // then it is given up
constexpr std::size_t CoordinateSize = 32;
/// What makes our primary key another one than those of other programs.
constexpr std::string_view Purpose = "countersign attestation key v1";

/// A TPM2B of ours; what it holds is at most as long as its buffer.
template <typename Sized>
void fill(Sized& into, const void* bytes, std::size_t size)
{
    into.size = static_cast<UINT16>(size);
    std::memcpy(into.buffer, bytes, size);
}

TPM2B_PUBLIC keyTemplate()
{
    TPM2B_PUBLIC made{};
    TPMT_PUBLIC& area = made.publicArea;
    area.type = TPM2_ALG_ECC;
    area.nameAlg = TPM2_ALG_SHA256;
    // Restricted: it signs only what the TPM itself has put together, so that nobody can have a quote made up.
    area.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN
        | TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_SIGN_ENCRYPT;
    area.parameters.eccDetail.symmetric.algorithm = TPM2_ALG_NULL;
    area.parameters.eccDetail.scheme.scheme = TPM2_ALG_ECDSA;
    area.parameters.eccDetail.scheme.details.ecdsa.hashAlg = TPM2_ALG_SHA256;
    area.parameters.eccDetail.curveID = TPM2_ECC_NIST_P256;
    area.parameters.eccDetail.kdf.scheme = TPM2_ALG_NULL;
    fill(area.unique.ecc.x, Purpose.data(), Purpose.size());
    return made;
}

TPML_PCR_SELECTION selectionOf(const std::vector<std::uint8_t>& pcrs)
{
    TPML_PCR_SELECTION selection{};
    selection.count = 1;
    selection.pcrSelections[0].hash = TPM2_ALG_SHA256;
    selection.pcrSelections[0].sizeofSelect = 3;
    for (const std::uint8_t pcr : pcrs)
        selection.pcrSelections[0].pcrSelect[pcr / 8U] |= static_cast<BYTE>(1U << pcr % 8U);
    return selection;
}

/// A big-endian number of at most 32 bytes, in exactly 32.
bool appendCoordinate(std::vector<std::uint8_t>& bytes, const BYTE* number, std::size_t size)
{
    if (size > CoordinateSize)
        return false;
    bytes.insert(bytes.end(), CoordinateSize - size, 0);
    bytes.insert(bytes.end(), number, number + size);
    return true;
}

/// What tpm2-tss allocated.
template <typename T>
using Owned = std::unique_ptr<T, decltype(TssLibrary::release)>;

/// A connection to the TPM, and our key in it while this object lives.
class Session {
public:
    explicit Session(std::unique_ptr<TssLibrary> library)
        : m_tss(std::move(library))
    {
    }
    ~Session()
    {
        if (m_key != ESYS_TR_NONE)
            static_cast<void>(call(
                "TPM2_FlushContext", [&] { return m_tss->flush(m_esys, m_key); },
                [&] { return m_tss->flushFinish(m_esys); }));
        if (m_esys)
            m_tss->finalize(&m_esys);
        if (m_tcti)
            m_tss->tctiFinalize(&m_tcti);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Status open(const std::string& tcti)
    {
        if (const TSS2_RC rc = m_tss->tctiInitialize(tcti.c_str(), &m_tcti); rc != TSS2_RC_SUCCESS)
            return Error{Errc::TokenAbsent,
                "the TPM " + tcti + " cannot be reached: " + m_tss->decode(rc)
                    + "; is it switched on, and may this account use it (Debian: group tss)?"};
        if (const TSS2_RC rc = m_tss->initialize(&m_esys, m_tcti, nullptr); rc != TSS2_RC_SUCCESS)
            return failure("the start", rc);
        static_cast<void>(m_tss->setTimeout(m_esys, Patience));
        return base::Ok{};
    }

    /// The public point. Errors: as said of the module.
    Result<std::vector<std::uint8_t>> makeKey()
    {
        const TPM2B_SENSITIVE_CREATE sensitive{};
        const TPM2B_PUBLIC wanted = keyTemplate();
        const TPM2B_DATA outside{};
        const TPML_PCR_SELECTION creation{};
        TPM2B_PUBLIC* made = nullptr;
        const Status created = call(
            "TPM2_CreatePrimary",
            [&] {
                return m_tss->createPrimary(m_esys, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                    &sensitive, &wanted, &outside, &creation);
            },
            [&] { return m_tss->createPrimaryFinish(m_esys, &m_key, &made, nullptr, nullptr, nullptr); });
        if (!created)
            return created.error();
        const Owned<TPM2B_PUBLIC> owner(made, m_tss->release);
        const TPMS_ECC_POINT& point = made->publicArea.unique.ecc;
        std::vector<std::uint8_t> key{0x04};
        if (!appendCoordinate(key, point.x.buffer, point.x.size)
            || !appendCoordinate(key, point.y.buffer, point.y.size))
            return Error{Errc::TokenFailure, "the TPM made a key that is none of P-256"};
        return key;
    }

    Result<std::map<std::uint8_t, PcrValue>> pcrs(const std::vector<std::uint8_t>& wanted)
    {
        std::map<std::uint8_t, PcrValue> values;
        std::vector<std::uint8_t> left = wanted;
        while (!left.empty()) { // a TPM answers up to eight at once
            if (const Status read = readSome(left, values); !read)
                return read.error();
            const std::size_t before = left.size();
            std::erase_if(left, [&](std::uint8_t pcr) { return values.contains(pcr); });
            if (left.size() == before)
                return Error{Errc::TokenFailure,
                    "the TPM has no SHA-256 value of register " + std::to_string(left.front())
                        + "; the firmware's set-up switches this bank on"};
        }
        return values;
    }

    Result<TpmQuote> quote(const PcrValue& nonce, const std::vector<std::uint8_t>& wanted)
    {
        TPM2B_DATA data{};
        fill(data, nonce.data(), nonce.size());
        TPMT_SIG_SCHEME scheme{};
        scheme.scheme = TPM2_ALG_NULL; // that of the key
        const TPML_PCR_SELECTION selection = selectionOf(wanted);
        TPM2B_ATTEST* attest = nullptr;
        TPMT_SIGNATURE* signature = nullptr;
        const Status quoted = call(
            "TPM2_Quote",
            [&] {
                return m_tss->quote(
                    m_esys, m_key, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &data, &scheme, &selection);
            },
            [&] { return m_tss->quoteFinish(m_esys, &attest, &signature); });
        if (!quoted)
            return quoted.error();
        const Owned<TPM2B_ATTEST> attestOwner(attest, m_tss->release);
        const Owned<TPMT_SIGNATURE> signatureOwner(signature, m_tss->release);
        TpmQuote made;
        made.attest.assign(attest->attestationData, attest->attestationData + attest->size);
        const TPMS_SIGNATURE_ECDSA& numbers = signature->signature.ecdsa;
        if (signature->sigAlg != TPM2_ALG_ECDSA
            || !appendCoordinate(made.signature, numbers.signatureR.buffer, numbers.signatureR.size)
            || !appendCoordinate(made.signature, numbers.signatureS.buffer, numbers.signatureS.size))
            return Error{Errc::TokenFailure, "the TPM signed in another way than it was asked to"};
        return made;
    }

private:
    Error failure(const std::string& what, TSS2_RC rc) const
    {
        return {Errc::TokenFailure, "the TPM refused " + what + ": " + m_tss->decode(rc)};
    }

    template <typename Begin, typename Finish>
    Status call(const char* what, const Begin& begin, const Finish& finish)
    {
        if (const TSS2_RC rc = begin(); rc != TSS2_RC_SUCCESS)
            return failure(what, rc);
        for (int look = 0; look < Looks; ++look) {
            const TSS2_RC rc = finish();
            if (rc == TSS2_RC_SUCCESS)
                return base::Ok{};
            if ((rc & ~TSS2_RC_LAYER_MASK) != TSS2_BASE_RC_TRY_AGAIN)
                return failure(what, rc);
        }
        return Error{Errc::Timeout, std::string("the TPM did not answer ") + what + " in time"};
    }

    Status readSome(const std::vector<std::uint8_t>& wanted, std::map<std::uint8_t, PcrValue>& values)
    {
        const TPML_PCR_SELECTION selection = selectionOf(wanted);
        UINT32 counter = 0;
        TPML_PCR_SELECTION* answered = nullptr;
        TPML_DIGEST* digests = nullptr;
        const Status read = call(
            "TPM2_PCR_Read",
            [&] { return m_tss->pcrRead(m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &selection); },
            [&] { return m_tss->pcrReadFinish(m_esys, &counter, &answered, &digests); });
        if (!read)
            return read;
        const Owned<TPML_PCR_SELECTION> answeredOwner(answered, m_tss->release);
        const Owned<TPML_DIGEST> digestsOwner(digests, m_tss->release);
        std::size_t next = 0;
        for (const std::uint8_t pcr : wanted) {
            const bool isThere =
                answered->count == 1 && (answered->pcrSelections[0].pcrSelect[pcr / 8U] >> pcr % 8U & 1);
            if (!isThere || next >= digests->count)
                continue;
            const TPM2B_DIGEST& digest = digests->digests[next++];
            PcrValue value{};
            if (digest.size != value.size())
                return Error{Errc::TokenFailure, "the TPM has a register that is not as long as SHA-256"};
            std::copy(digest.buffer, digest.buffer + digest.size, value.begin());
            values.insert_or_assign(pcr, value);
        }
        return base::Ok{};
    }

    std::unique_ptr<TssLibrary> m_tss;
    TSS2_TCTI_CONTEXT* m_tcti = nullptr;
    ESYS_CONTEXT* m_esys = nullptr;
    ESYS_TR m_key = ESYS_TR_NONE;
};

Result<std::unique_ptr<Session>> openSession(const TpmSettings& settings)
{
    if (settings.tcti.empty())
        return Error{Errc::TokenAbsent, "this workstation has no TPM 2.0, or its kernel does not show one"};
    const bool falls =
        std::adjacent_find(settings.pcrs.begin(), settings.pcrs.end(), std::greater_equal<>()) != settings.pcrs.end();
    if (settings.pcrs.empty() || falls || settings.pcrs.back() > 23)
        return Error{Errc::InvalidInput, "registers of a TPM are numbers from 0 to 23, at least one, rising"};
    auto library = TssLibrary::load();
    if (!library)
        return library.error();
    auto session = std::make_unique<Session>(*std::move(library));
    if (const Status opened = session->open(settings.tcti); !opened)
        return opened.error();
    return session;
}

}

std::string systemTpm(const std::filesystem::path& root)
{
    std::error_code problem;
    return std::filesystem::exists(root / "dev/tpmrm0", problem) ? "device:/dev/tpmrm0" : "";
}

Result<TpmIdentity> readTpm(const TpmSettings& settings)
{
    const auto session = openSession(settings);
    if (!session)
        return session.error();
    auto key = (*session)->makeKey();
    if (!key)
        return key.error();
    auto pcrs = (*session)->pcrs(settings.pcrs);
    if (!pcrs)
        return pcrs.error();
    return TpmIdentity{*std::move(key), *std::move(pcrs)};
}

Result<TpmQuote> quoteTpm(const TpmSettings& settings, const PcrValue& nonce)
{
    const auto session = openSession(settings);
    if (!session)
        return session.error();
    if (const auto key = (*session)->makeKey(); !key)
        return key.error();
    // Registers may be extended between the two: what is told must be what was signed.
    auto before = (*session)->pcrs(settings.pcrs);
    for (int attempt = 0; before && attempt < 3; ++attempt) {
        auto quote = (*session)->quote(nonce, settings.pcrs);
        if (!quote)
            return quote.error();
        auto after = (*session)->pcrs(settings.pcrs);
        if (!after)
            return after.error();
        if (*before == *after) {
            for (const auto& [number, value] : *after)
                quote->pcrs.push_back(value);
            return quote;
        }
        before = std::move(after);
    }
    if (!before)
        return before.error();
    return Error{Errc::TokenFailure, "the TPM's registers change all the time; quote others"};
}

}
