#include "auth/cert/subject.h"

#include <openssl/err.h>

#include <optional>
#include <utility>
#include <vector>

namespace cert {

namespace {

using base::Errc;
using base::Error;

Error subjectError(std::string_view text, const std::string& reason)
{
    return {Errc::InvalidInput,
        "the subject \"" + std::string(text) + "\" is not like CN=trader-7,OU=Desk,O=Firm: " + reason};
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

struct Part {
    std::string type;
    std::string value;
};

/// Splits at commas and takes the escapes away. Absent where the text ends in the middle of an escape.
std::optional<std::vector<std::string>> split(std::string_view text)
{
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ',') {
            parts.emplace_back();
        } else if (text[i] == '\\') {
            if (++i == text.size())
                return std::nullopt;
            parts.back() += text[i];
        } else {
            parts.back() += text[i];
        }
    }
    return parts;
}

base::Result<Part> parsePart(std::string_view whole, std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return subjectError(whole, "\"" + std::string(text) + "\" has no '='");
    Part part{std::string(trimmed(text.substr(0, equals))), std::string(trimmed(text.substr(equals + 1)))};
    if (part.value.empty())
        return subjectError(whole, part.type + " has no value");
    return part;
}

}

base::Result<NamePtr> parseSubject(std::string_view text)
{
    const auto parts = split(text);
    if (!parts)
        return subjectError(text, "it ends with a backslash");
    NamePtr name(X509_NAME_new());
    if (!name)
        return Error{Errc::Internal, "out of memory"};
    // A name is stored with the least specific part first.
    for (auto one = parts->rbegin(); one != parts->rend(); ++one) {
        const auto part = parsePart(text, *one);
        if (!part)
            return part.error();
        if (X509_NAME_add_entry_by_txt(name.get(), part->type.c_str(), MBSTRING_UTF8,
                reinterpret_cast<const unsigned char*>(part->value.data()), static_cast<int>(part->value.size()), -1, 0)
            != 1) {
            ERR_clear_error();
            return subjectError(text, part->type + " is not an attribute of names, or its value is not allowed");
        }
    }
    return name;
}

}
