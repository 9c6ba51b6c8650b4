#pragma once

#include "core/rfq/settings.h"

#include <QString>

#include <string>

namespace ui {

/// What an access policy or an enforcement point says, in the person's language where it is known: the names of the
/// policy that is shipped, reasons and sentences of our own enforcement point. Whatever else an officer or a
/// counterparty has written stays as it is, word for word.
[[nodiscard]] QString policyWords(const std::string& english);
/// One line of what is approved, as core/stepup words it. Names, numbers and times in it are never touched.
[[nodiscard]] QString approvalLine(const std::string& english);
/// The same with the names of the dealers beside their ids, which are what is signed.
[[nodiscard]] QString approvalLine(const std::string& english, const rfq::DeskSettings& settings);

}
