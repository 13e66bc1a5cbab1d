#include "collector/tokens.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "collector/bound.h"
#include "collector/failures.h"
#include "tests/support/suite.h"

#define ANN_HASH                                                               \
	"520abb0cbe736c1bcb25ce24dcb172e8182b989a1fa5e41865a161d627c97eec"
/* sha256sum of "web1~00" and of "ann~01". */
#define WEB1                                                                   \
	"web1\tagent\t0123456789abcdef0123456789abcdef\t100\t-\t"              \
	"33a74f5b61e71ee63b86cd4700e26b149a3cefcdd31b7130576783c777bb4f37\n"
#define ANN "ann\tviewer\t-\t100\t-\t" ANN_HASH "\n"

static enum status
read_list(struct tokens *t, const char *text, size_t *out_line)
{
	tokens_init(t);
	return tokens_read(t, text, out_line);
}

START_TEST(a_token_is_known_by_its_hash)
{
	struct tokens t;
	size_t line;
	const struct token *token;

	ck_assert_int_eq(read_list(&t, "# x\n" WEB1 ANN, &line), STATUS_OK);
	ck_assert_uint_eq(t.count, 2);
	token = tokens_check(&t, "web1~00");
	ck_assert_ptr_nonnull(token);
	ck_assert_str_eq(token->name, "web1");
	ck_assert_int_eq(token->role, ROLE_AGENT);
	ck_assert_str_eq(token->binding, "0123456789abcdef0123456789abcdef");
	ck_assert_int_eq(tokens_check(&t, "ann~01")->role, ROLE_VIEWER);
	tokens_done(&t);
}
END_TEST

START_TEST(anything_else_is_no_token)
{
	static const char *const wrong[] = { "", "~", "web1", "web1~", "web1~0",
		"web1~000", "ann~00", "web1~01", "web~00", "web11~00", "~00",
		"WEB1~00", "web1~00 " };
	struct tokens t;
	size_t line;

	ck_assert_int_eq(read_list(&t, WEB1 ANN, &line), STATUS_OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!tokens_check(&t, wrong[i]), "%s", wrong[i]);
	tokens_done(&t);
	tokens_init(&t);
	ck_assert_ptr_null(tokens_check(&t, "web1~00"));
}
END_TEST

START_TEST(a_revoked_token_is_none)
{
	struct buffer text;
	struct tokens t, again;
	size_t line;

	buffer_init(&text, 4096);
	ck_assert_int_eq(read_list(&t, WEB1 ANN, &line), STATUS_OK);
	for (size_t i = 0; i < t.count; i++) {
		t.items[i].revoked = i == 1 ? 200 : -1; /* web1, by name */
		tokens_write(&text, &t.items[i]);
	}
	ck_assert_int_eq(
	    read_list(&again, buffer_string(&text), &line), STATUS_OK);
	ck_assert_ptr_null(tokens_check(&again, "web1~00"));
	ck_assert_ptr_nonnull(tokens_check(&again, "ann~01"));
	ck_assert_int_eq(tokens_find(&again, "web1", 4)->revoked, 200);
	tokens_done(&t);
	tokens_done(&again);
	buffer_done(&text);
}
END_TEST

START_TEST(a_list_is_read_back_as_it_was_written)
{
	struct buffer text;
	struct tokens t;
	size_t line;

	buffer_init(&text, 4096);
	ck_assert_int_eq(read_list(&t, ANN WEB1, &line), STATUS_OK);
	for (size_t i = 0; i < t.count; i++)
		tokens_write(&text, &t.items[i]);
	ck_assert_str_eq(buffer_string(&text), ANN WEB1);
	tokens_done(&t);
	buffer_done(&text);
}
END_TEST

START_TEST(a_broken_line_is_named)
{
	static const char *const wrong[] = { "x\n", "x\tagent\n",
		"a b\tviewer\t-\t1\t-\t" ANN_HASH "\n",
		"a\tking\t-\t1\t-\t" ANN_HASH "\n",
		"a\tviewer\t-\tx\t-\t" ANN_HASH "\n",
		"a\tviewer\t-\t1\t-1\t" ANN_HASH "\n",
		"a\tviewer\t-\t1\t-\t" ANN_HASH "0\n",
		"a\tviewer\t-\t1\t-\tAA\n",
		"a\tviewer\t-\t1\t-\t" ANN_HASH "\tmore\n",
		"\tviewer\t-\t1\t-\tx\n" };
	struct tokens t;
	size_t line;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char text[1024];

		(void)snprintf(text, sizeof(text), "#\n%s%s", WEB1, wrong[i]);
		ck_assert_int_eq(read_list(&t, text, &line), STATUS_MALFORMED);
		ck_assert_uint_eq(line, 3);
		ck_assert_uint_eq(t.count, 0);
	}
	ck_assert_int_eq(read_list(&t, ANN ANN, &line), STATUS_CONFLICT);
}
END_TEST

/* ---- for whom a token may report ------------------------------------------
 */

static const char host_id[] = "0123456789abcdef0123456789abcdef";

static const char *
refuses(enum role role, const char *binding, struct incoming *report,
    const struct bound_host *host)
{
	struct caller caller = { .role = role };

	(void)snprintf(caller.binding, sizeof(caller.binding), "%s", binding);
	(void)snprintf(
	    report->machine_id, sizeof(report->machine_id), "%s", host_id);
	return bound_refuses(&caller, report, host, 1000);
}

START_TEST(an_agent_reports_for_its_host_alone)
{
	struct incoming report = { .via = "" };
	struct bound_host host = { .known = false };

	ck_assert_ptr_null(refuses(ROLE_AGENT, host_id, &report, &host));
	ck_assert_ptr_nonnull(refuses(
	    ROLE_AGENT, "1123456789abcdef0123456789abcdef", &report, &host));
	ck_assert_ptr_nonnull(refuses(ROLE_VIEWER, "-", &report, &host));
	ck_assert_ptr_nonnull(refuses(ROLE_ADMIN, host_id, &report, &host));
}
END_TEST

START_TEST(a_vcenter_reports_for_its_hosts_alone)
{
	struct incoming report = { .via = "vc1" };
	struct incoming beat = { .via = "", .heartbeat = true };
	struct bound_host none = { .known = false };
	struct bound_host ours = { true, "vc1", 990 };
	struct bound_host other = { true, "vc2", 990 };
	struct bound_host silent = { true, "vc2", 100 };
	struct bound_host agent = { true, "", 100 };

	ck_assert_ptr_null(refuses(ROLE_VCENTER, "vc1", &report, &none));
	ck_assert_ptr_null(refuses(ROLE_VCENTER, "vc1", &report, &ours));
	ck_assert_ptr_null(refuses(ROLE_VCENTER, "vc1", &beat, &ours));
	ck_assert_ptr_null(refuses(ROLE_VCENTER, "vc1", &beat, &none));
	/* It says that it is another one. */
	ck_assert_ptr_nonnull(refuses(ROLE_VCENTER, "vc2", &report, &none));
	ck_assert_ptr_nonnull(refuses(ROLE_VCENTER, "vc1", &report, &other));
	ck_assert_ptr_nonnull(refuses(ROLE_VCENTER, "vc1", &beat, &other));
	/* The host has moved: the other one tells of it no more. */
	ck_assert_ptr_null(refuses(ROLE_VCENTER, "vc1", &report, &silent));
	ck_assert_ptr_nonnull(refuses(ROLE_VCENTER, "vc1", &beat, &silent));
	ck_assert_ptr_nonnull(refuses(ROLE_VCENTER, "vc1", &report, &agent));
}
END_TEST

START_TEST(failures_are_counted_for_each_peer_in_a_window)
{
	static struct failures f;

	for (int i = 0; i < FAILURES_MOST; i++)
		ck_assert(!failures_note(&f, "192.0.2.1", 1000 + i));
	ck_assert(failures_note(&f, "192.0.2.1", 2000));
	ck_assert(!failures_note(&f, "192.0.2.2", 2000));
	ck_assert(
	    failures_note(&f, "192.0.2.1", 1000 + FAILURES_WINDOW_MS - 1));
	ck_assert(!failures_note(&f, "192.0.2.1", 1000 + FAILURES_WINDOW_MS));
}
END_TEST

SUITE("tokens", a_token_is_known_by_its_hash, anything_else_is_no_token,
    a_revoked_token_is_none, a_list_is_read_back_as_it_was_written,
    a_broken_line_is_named, an_agent_reports_for_its_host_alone,
    a_vcenter_reports_for_its_hosts_alone,
    failures_are_counted_for_each_peer_in_a_window)
