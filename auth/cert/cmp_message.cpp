#include "auth/cert/cmp_message.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace cert {

namespace {

using View = std::span<const unsigned char>;

/// One element of DER.
struct Element {
    int tag = -1;
    int kind = 0; ///< V_ASN1_UNIVERSAL, ...
    View whole;
    View content;

    [[nodiscard]] bool is(int wanted) const { return kind == V_ASN1_UNIVERSAL && tag == wanted; }
};

/// The first element, which is taken off `der`; without a tag where it is none.
Element take(View& der)
{
    const unsigned char* at = der.data();
    long size = 0;
    Element found;
    const int form =
        der.empty() ? 0x80 : ASN1_get_object(&at, &size, &found.tag, &found.kind, static_cast<long>(der.size()));
    if ((form & 0x80) != 0 || (form & 1) != 0) { // an error, or a length that DER does not have
        ERR_clear_error();
        der = {};
        return {};
    }
    const auto header = static_cast<std::size_t>(at - der.data());
    found.whole = der.first(header + static_cast<std::size_t>(size));
    found.content = found.whole.subspan(header);
    der = der.subspan(found.whole.size());
    return found;
}

std::vector<unsigned char> derOf(const OSSL_CMP_MSG& message)
{
    unsigned char* der = nullptr;
    const int size = i2d_OSSL_CMP_MSG(&message, &der);
    std::vector<unsigned char> copy(der, der + (size > 0 ? size : 0));
    OPENSSL_free(der);
    ERR_clear_error();
    return copy;
}

/// Tells an answer's place of a PKIStatusInfo, by the number of its PKIBody (RFC 4210, 5.1.2). Empty: it has none.
View statusIn(const Element& body)
{
    View content = body.content;
    View parts = take(content).content;
    switch (body.tag) {
    case 23: // error: ErrorMsgContent begins with it
        return take(parts).whole;
    case 12: { // rp: the first of a sequence
        View all = take(parts).content;
        return take(all).whole;
    }
    case 1:
    case 3:
    case 8: { // ip, cp, kup: certificates of authorities, which may be left out; the first response: its number first
        Element responses = take(parts);
        if (!responses.is(V_ASN1_SEQUENCE))
            responses = take(parts);
        View response = take(responses.content).content;
        take(response);
        return take(response).whole;
    }
    default:
        return {};
    }
}

/// Free of what could command a terminal or end a line of a log.
std::string printable(View text)
{
    constexpr std::size_t most = 512;
    std::string words(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(most, text.size())));
    std::replace_if(
        words.begin(), words.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    return words;
}

void join(std::string& words, const std::string& more)
{
    words += (words.empty() || more.empty() ? "" : "; ") + more;
}

/// The bits of a BIT STRING's content: the number of those unused, then the others from the first on.
int bitsOf(View bits)
{
    int found = 0;
    for (int i = 0; i <= OSSL_CMP_PKIFAILUREINFO_MAX; ++i) {
        const std::size_t byte = 1 + static_cast<std::size_t>(i) / 8;
        if (byte < bits.size() && (bits[byte] & (0x80U >> (static_cast<unsigned>(i) % 8))) != 0)
            found |= 1 << i;
    }
    return found;
}

struct Meaning {
    int bit;
    std::string_view name;
    std::string_view text;
};
constexpr std::string_view OutOfStep = "the exchange has fallen out of step; start again";
constexpr std::array<Meaning, 27> Meanings{{
    {OSSL_CMP_PKIFAILUREINFO_badAlg, "badAlg", "it does not take an algorithm of the request"},
    {OSSL_CMP_PKIFAILUREINFO_badMessageCheck, "badMessageCheck",
        "it cannot verify the request: reference and secret, or the present certificate, are not ones that it knows"},
    {OSSL_CMP_PKIFAILUREINFO_badRequest, "badRequest", "it does not do what was asked for"},
    {OSSL_CMP_PKIFAILUREINFO_badTime, "badTime", "the clock of this machine is not right by its own"},
    {OSSL_CMP_PKIFAILUREINFO_badCertId, "badCertId", "it does not know the certificate that the request is about"},
    {OSSL_CMP_PKIFAILUREINFO_badDataFormat, "badDataFormat", "it cannot read the request"},
    {OSSL_CMP_PKIFAILUREINFO_wrongAuthority, "wrongAuthority",
        "the request names another authority: the first one in the file of authorities must be it"},
    {OSSL_CMP_PKIFAILUREINFO_incorrectData, "incorrectData", "something in the request is not right"},
    {OSSL_CMP_PKIFAILUREINFO_missingTimeStamp, "missingTimeStamp", "it misses a time in the request"},
    {OSSL_CMP_PKIFAILUREINFO_badPOP, "badPOP", "it does not take the proof that the key is there"},
    {OSSL_CMP_PKIFAILUREINFO_certRevoked, "certRevoked", "the certificate is revoked already"},
    {OSSL_CMP_PKIFAILUREINFO_certConfirmed, "certConfirmed", "the certificate was confirmed already"},
    {OSSL_CMP_PKIFAILUREINFO_wrongIntegrity, "wrongIntegrity",
        "it wants the request protected in the other way: signed instead of by the secret, or the reverse"},
    {OSSL_CMP_PKIFAILUREINFO_badRecipientNonce, "badRecipientNonce", OutOfStep},
    {OSSL_CMP_PKIFAILUREINFO_timeNotAvailable, "timeNotAvailable", "it has no time to go by"},
    {OSSL_CMP_PKIFAILUREINFO_unacceptedPolicy, "unacceptedPolicy", "it does not issue by that policy"},
    {OSSL_CMP_PKIFAILUREINFO_unacceptedExtension, "unacceptedExtension",
        "it does not take an extension of the request"},
    {OSSL_CMP_PKIFAILUREINFO_addInfoNotAvailable, "addInfoNotAvailable", "it does not have what was asked for"},
    {OSSL_CMP_PKIFAILUREINFO_badSenderNonce, "badSenderNonce", OutOfStep},
    {OSSL_CMP_PKIFAILUREINFO_badCertTemplate, "badCertTemplate",
        "it does not issue what was asked for: this subject, or this kind of key"},
    {OSSL_CMP_PKIFAILUREINFO_signerNotTrusted, "signerNotTrusted",
        "it does not trust the certificate that has signed the request"},
    {OSSL_CMP_PKIFAILUREINFO_transactionIdInUse, "transactionIdInUse", OutOfStep},
    {OSSL_CMP_PKIFAILUREINFO_unsupportedVersion, "unsupportedVersion", "it speaks another version of CMP"},
    {OSSL_CMP_PKIFAILUREINFO_notAuthorized, "notAuthorized", "whoever asks may not do that there"},
    {OSSL_CMP_PKIFAILUREINFO_systemUnavail, "systemUnavail", "it cannot do it now; try again later"},
    {OSSL_CMP_PKIFAILUREINFO_systemFailure, "systemFailure", "something is wrong with it; tell whoever runs it"},
    {OSSL_CMP_PKIFAILUREINFO_duplicateCertReq, "duplicateCertReq",
        "it has issued a certificate for that already and issues no second one"},
}};

}

/// PKIHeader: version, sender, recipient, then [0] the time and [1] the algorithm.
bool isProtectedBySecret(const OSSL_CMP_MSG& message)
{
    constexpr int protectionAlgorithm = 1;
    const auto der = derOf(message);
    View whole(der);
    View parts = take(whole).content;
    View left = take(parts).content;
    for (int i = 0; i < 3; ++i)
        take(left);
    while (!left.empty()) {
        const Element element = take(left);
        if (element.kind != V_ASN1_CONTEXT_SPECIFIC || element.tag != protectionAlgorithm)
            continue;
        const unsigned char* at = element.content.data();
        const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> algorithm(
            d2i_X509_ALGOR(nullptr, &at, static_cast<long>(element.content.size())), X509_ALGOR_free);
        ERR_clear_error();
        return algorithm && OBJ_obj2nid(algorithm->algorithm) == NID_id_PasswordBasedMAC;
    }
    return false;
}

/// PKIStatusInfo: a number, then words and bits, each of which may be left out.
std::optional<CmpRefusal> refusalIn(const OSSL_CMP_MSG& answer)
{
    const auto der = derOf(answer);
    View whole(der);
    View parts = take(whole).content;
    take(parts); // the header
    const Element body = take(parts);
    View status = body.kind == V_ASN1_CONTEXT_SPECIFIC ? statusIn(body) : View();
    View left = take(status).content;
    const Element number = take(left);
    const bool isNo =
        number.is(V_ASN1_INTEGER) && number.content.size() == 1 && number.content[0] == OSSL_CMP_PKISTATUS_rejection;
    if (!isNo)
        return std::nullopt;
    CmpRefusal refusal;
    while (!left.empty()) {
        Element part = take(left);
        if (part.is(V_ASN1_BIT_STRING))
            refusal.failures = bitsOf(part.content);
        while (part.is(V_ASN1_SEQUENCE) && !part.content.empty())
            join(refusal.words, printable(take(part.content).content));
    }
    return refusal;
}

CmpRefusal refusalOf(const OSSL_CMP_CTX& context)
{
    CmpRefusal refusal;
    refusal.failures = std::max(OSSL_CMP_CTX_get_failInfoCode(&context), 0);
    const OSSL_CMP_PKIFREETEXT* texts = OSSL_CMP_CTX_get0_statusString(&context);
    for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
        const ASN1_UTF8STRING* text = sk_ASN1_UTF8STRING_value(texts, i);
        join(refusal.words,
            printable({ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))}));
    }
    return refusal;
}

std::string refusalText(const CmpRefusal& refusal)
{
    std::string text;
    for (const Meaning& meaning : Meanings)
        if ((refusal.failures & (1 << meaning.bit)) != 0)
            join(text, std::string(meaning.text) + " (" + std::string(meaning.name) + ')');
    if (!refusal.words.empty())
        join(text, "in its words: \"" + refusal.words + '"');
    return text.empty() ? "it gives no reason" : text;
}

}
