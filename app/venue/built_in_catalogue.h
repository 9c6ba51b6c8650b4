#pragma once

#include <string_view>

namespace venue {

/// The text of app/venue/dealers.toml as it was when this program was built.
[[nodiscard]] std::string_view builtInCatalogueText();

}
