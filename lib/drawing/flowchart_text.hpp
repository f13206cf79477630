// How wide text is, and how it breaks into lines, without asking a font.
//
// A Chinese character fills one square of the font size in every font; Latin letters are narrower
// and differ by font, so they are counted generously. What is measured here never overflows in a
// browser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace banli::detail {

// Sizes in pixels, as measured by lay_out() and as drawn by flowchart_svg().
inline constexpr double label_size = 14;
inline constexpr double label_line = 20;
inline constexpr double detail_size = 12;
inline constexpr double detail_line = 17;
inline constexpr double circle_radius = 8; // the mark of inclusive decisions and joins
inline constexpr double inclusive_room = 2 * circle_radius + 6;

/// Width in ems: 1 for a wide character (Unicode East Asian Width W, F, and A, which Chinese fonts
/// draw wide), less for the others.
double text_width(std::string_view s);

/// The width in pixels of the widest of some lines in letters of a size.
double widest(const std::vector<std::string>& lines, double size);

/// Lines of at most `width` ems; breaks between Chinese characters or at spaces, never before
/// closing punctuation, and inside a word only when it alone is too wide.
std::vector<std::string> wrap(std::string_view s, double width);

/// The text, or as much as fits into `width` ems with … at its end.
std::string fitted(std::string_view s, double width);

/// The text cut after some characters (code points), with … if any were cut.
std::string cut(std::string_view s, std::size_t characters);

/// Text for XML, with & < > " ' escaped and control characters (which XML cannot hold) left out.
std::string xml_escape(std::string_view s);

} // namespace banli::detail
