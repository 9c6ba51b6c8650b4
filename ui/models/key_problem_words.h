#pragma once

#include <QString>

#include <string>

namespace ui {

/// A sentence about a security key in the trader's language; one that is not known stays as it is.
[[nodiscard]] QString keyProblemSentence(const std::string& sentence);
/// Whether it is one of those that have a translation.
[[nodiscard]] bool isKeyProblemSentence(const std::string& sentence);

}
