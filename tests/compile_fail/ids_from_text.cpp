// Text becomes an identifier only where somebody says which.
#include <banli/base/id.hpp>

bool known(const banli::post_id& post);

bool asked() {
#ifdef MUST_NOT_COMPILE
  return known("审核岗");
#else
  return known(banli::post_id{"审核岗"});
#endif
}
