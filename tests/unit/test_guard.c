#include "collector/guard.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/support/suite.h"

/* sha256sum of "ann~01"; another's. */
#define HASH "520abb0cbe736c1bcb25ce24dcb172e8182b989a1fa5e41865a161d627c97eec"
#define OTHER "33a74f5b61e71ee63b86cd4700e26b149a3cefcdd31b7130576783c777bb4f37"
#define ANN(role, binding, revoked, hash)                                      \
	"ann\t" role "\t" binding "\t100\t" revoked "\t" hash "\n"
#define ANN_AS_SHE_WAS ANN("viewer", "-", "-", HASH)

static char folder[] = "/tmp/test_guard.XXXXXX";
static char path[64], next[64];
static struct guard *guard;

/* Replaces the file, as who changes it does; NULL: there is none. */
static void
put(const char *list)
{
	FILE *file;

	if (!list) {
		(void)unlink(path);
		return;
	}
	file = fopen(next, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(list, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(next, 0600), 0);
	ck_assert_int_eq(rename(next, path), 0);
}

static void
begin(const char *list)
{
	char error[TOKEN_FILE_ERROR_SIZE];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/tokens", folder);
	(void)snprintf(next, sizeof(next), "%s/next", folder);
	put(list);
	ck_assert_msg(guard_new(path, &guard, error) == STATUS_OK, "%s", error);
}

static void
end(void)
{
	guard_free(guard);
	(void)unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

static void
admit(const char *token, struct caller *out, bool known)
{
	const struct request request = { .method = "GET",
		.path = "/api/v1/events",
		.peer = "192.0.2.7",
		.token = token };
	struct reply reply;
	bool got = !known;

	reply_init(&reply);
	ck_assert(guard_admit(guard, &request, out, &got, &reply));
	ck_assert_int_eq(got, known);
	reply_done(&reply);
}

START_TEST(a_caller_stays_as_long_as_its_token_is_what_it_was)
{
	static const char *const changed[] = { ANN("viewer", "-", "200", HASH),
		ANN("admin", "-", "-", HASH), ANN("viewer", "x", "-", HASH),
		ANN("viewer", "-", "-", OTHER), "# nobody\n" };
	struct caller ann;

	begin(ANN_AS_SHE_WAS);
	admit("ann~01", &ann, true);
	ck_assert(guard_keeps(guard, &ann));
	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++) {
		put(changed[i]);
		ck_assert_msg(!guard_keeps(guard, &ann), "%s", changed[i]);
		put("# more\n" ANN_AS_SHE_WAS);
		ck_assert(guard_keeps(guard, &ann));
	}
	end();
}
END_TEST

START_TEST(who_came_without_a_token_goes_once_they_are_in_use)
{
	struct caller nobody;

	begin(NULL);
	admit(NULL, &nobody, false);
	ck_assert(guard_keeps(guard, NULL));
	put(ANN_AS_SHE_WAS);
	ck_assert(!guard_keeps(guard, NULL));
	put(NULL);
	ck_assert(!guard_keeps(guard, NULL));
	end();
}
END_TEST

SUITE("guard", a_caller_stays_as_long_as_its_token_is_what_it_was,
    who_came_without_a_token_goes_once_they_are_in_use)
