#include "tests/support/fake_tokens.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

namespace support {

namespace {

/// Whole or not at all: the module may read at any moment.
void writeFile(const std::filesystem::path& path, const std::string& content)
{
    const auto temporary = path.string() + ".new";
    std::ofstream(temporary) << content;
    std::filesystem::rename(temporary, path);
}

int readNumber(const std::filesystem::path& path)
{
    int number = 0;
    std::ifstream(path) >> number;
    return number;
}

}

FakeTokens::FakeTokens()
{
    setenv("COUNTERSIGN_FAKE_TOKENS", m_directory.path().c_str(), 1);
}

FakeTokens::~FakeTokens()
{
    unsetenv("COUNTERSIGN_FAKE_TOKENS");
}

std::string FakeTokens::module()
{
    return COUNTERSIGN_FAKE_PKCS11;
}

std::size_t FakeTokens::add(FakeToken token)
{
    const std::size_t slot = m_tokens.size();
    m_tokens.push_back(std::move(token));
    m_insertions.push_back(1);
    std::filesystem::create_directory(folder(slot));
    writeFile(folder(slot) / "tries", std::to_string(m_tokens[slot].tries));
    write(slot);
    return slot;
}

std::size_t FakeTokens::add(FakeToken token, const TestCa& ca, const CertificateOptions& options)
{
    const tls::Identity identity = ca.issue(options);
    token.keyPem = pemOf(*identity.key);
    token.certificatePem = pemOf(*identity.certificate);
    return add(std::move(token));
}

tls::CertificatePtr FakeTokens::certificate(std::size_t slot) const
{
    const auto& pem = m_tokens[slot].certificatePem;
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    return tls::CertificatePtr(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr));
}

void FakeTokens::change(std::size_t slot, const FakeToken& token)
{
    m_tokens[slot] = token;
    write(slot);
}

void FakeTokens::remove(std::size_t slot)
{
    m_tokens[slot].present = false;
    write(slot);
}

void FakeTokens::insert(std::size_t slot)
{
    m_tokens[slot].present = true;
    ++m_insertions[slot];
    write(slot);
}

int FakeTokens::triesLeft(std::size_t slot) const
{
    return readNumber(folder(slot) / "tries");
}

int FakeTokens::logins(std::size_t slot) const
{
    return readNumber(folder(slot) / "logins");
}

std::filesystem::path FakeTokens::folder(std::size_t slot) const
{
    return m_directory.path() / ("slot" + std::to_string(slot));
}

void FakeTokens::write(std::size_t slot) const
{
    const FakeToken& token = m_tokens[slot];
    std::ostringstream text;
    text << "label=" << token.label << "\nserial=" << token.serial << "\nkey-id=" << token.keyId
         << "\npin=" << token.pin << "\nmaximal-tries=" << token.maximalTries << "\npresent=" << token.present
         << "\nremovable=" << token.removable << "\nunreadable=" << token.unreadable << "\nsays-rsa=" << token.saysRsa
         << "\nhas-key=" << token.hasKey << "\nmay-sign=" << token.maySign
         << "\nsign-delay-ms=" << token.signDelay.count() << "\nstuck=" << token.stuck
         << "\nsign-error=" << token.signError.value_or(0) << "\nlogin-error=" << token.loginError.value_or(0)
         << "\ninsertions=" << m_insertions[slot] << '\n';
    writeFile(folder(slot) / "key.pem", token.keyPem);
    writeFile(folder(slot) / "certificate.pem", token.certificatePem);
    writeFile(folder(slot) / "token.txt", text.str());
}

}
