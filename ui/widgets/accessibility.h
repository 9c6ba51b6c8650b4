#pragma once

namespace ui {

/// Tells screen readers what the widgets are that paint themselves: a price is a button, the PIN field is a password
/// field. Call once per process, before the first window.
void installAccessibility();

}
