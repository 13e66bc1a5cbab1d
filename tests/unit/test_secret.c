#include "base/secret.h"

#include <check.h>

#include "tests/support/suite.h"

START_TEST(a_token_goes_to_tls_and_to_this_machine)
{
	ck_assert(secret_may_go_to("https://elsewhere:7413"));
	ck_assert(secret_may_go_to("unix:/run/demarc/collector.sock"));
	ck_assert(secret_may_go_to("http://localhost"));
	ck_assert(secret_may_go_to("http://127.0.0.1:7413"));
	ck_assert(secret_may_go_to("http://[::1]/"));
}
END_TEST

START_TEST(a_token_goes_nowhere_else)
{
	ck_assert(!secret_may_go_to("http://elsewhere:7413"));
	ck_assert(!secret_may_go_to("http://localhost.elsewhere/"));
	ck_assert(!secret_may_go_to("http://localhost:x@elsewhere/"));
	ck_assert(!secret_may_go_to("http://127.0.0.1@elsewhere/"));
}
END_TEST

SUITE("secret", a_token_goes_to_tls_and_to_this_machine,
    a_token_goes_nowhere_else)
