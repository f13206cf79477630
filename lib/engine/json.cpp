// Boost.JSON is used without its compiled library: its definitions live in this one file.
#include <boost/json/src.hpp>
