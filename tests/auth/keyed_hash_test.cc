#include "auth/keyed_hash.h"

#include <gtest/gtest.h>

namespace assay::auth {
namespace {

TEST(KeyedHashTest, IsThatOfRfc4231) {
  EXPECT_EQ(KeyedHash(Secret("Jefe"), "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(KeyedHash(Secret(std::string(20, '\x0b')), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

}  // namespace
}  // namespace assay::auth
