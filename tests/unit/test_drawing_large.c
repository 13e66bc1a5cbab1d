/* A drawing of the largest host that a report may tell of. */
#include <sys/resource.h>
#include <time.h>

#include "collector/depict.h"
#include "collector/draw/layout.h"
#include "collector/incoming_rules.h"
#include "tests/support/suite.h"
#include "tests/support/viewing.h"

enum {
	REPORT_MOST = 4 << 20,
	MEMORY_MOST_KB = 64 << 10,
	/* With sanitizers, on a busy machine; what grows with the product of
	 * groups and workloads takes minutes. */
	SECONDS_MOST = 3
};

static struct scope scope;
static struct scene scene;
static struct sheet sheet;

/* Each workload hangs on two port groups far from each other. */
static void
post_host(unsigned number)
{
	struct buffer out;

	buffer_init(&out, REPORT_MOST);
	buffer_printf(&out,
	    "{\"version\":1,\"number\":1,\"sent_at\":1000,"
	    "\"digest\":\"%016x\",\"host\":{\"id\":\"%08x%024x\","
	    "\"name\":\"esx%u\"},\"nics\":[{\"name\":\"vmnic0\","
	    "\"mac\":\"24:6e:96:00:01:00\",\"up\":true,\"carrier\":true}],"
	    "\"links\":[],\"vswitches\":[{\"name\":\"dvs\",\"kind\":"
	    "\"distributed\",\"uplinks\":[{\"name\":\"u\",\"kind\":\"nic\","
	    "\"members\":[{\"nic\":\"vmnic0\",\"state\":\"active\"}]}]}],"
	    "\"port_groups\":[",
	    number + 1, number + 1, 0, number);
	for (unsigned i = 0; i < REPORT_PORT_GROUPS_MOST; i++)
		buffer_printf(&out,
		    "%s{\"vswitch\":\"dvs\",\"name\":\"pg%u\",\"vlan\":%u}",
		    i ? "," : "", i, i % 4094 + 1);
	buffer_printf(&out, "],\"workloads\":[");
	for (unsigned i = 0; i < REPORT_WORKLOADS_MOST; i++)
		buffer_printf(&out,
		    "%s{\"id\":\"vm-%u\",\"kind\":\"vm\",\"name\":\"vm%u\","
		    "\"source\":\"vsphere\",\"vnics\":[{\"name\":\"a\","
		    "\"vswitch\":\"dvs\",\"port_group\":\"pg%u\"},"
		    "{\"name\":\"b\",\"vswitch\":\"dvs\",\"port_group\":"
		    "\"pg%u\"}]}",
		    i ? "," : "", i, i, i * 7 % REPORT_PORT_GROUPS_MOST,
		    i * 5 % REPORT_PORT_GROUPS_MOST);
	buffer_printf(&out, "]}");
	ck_assert(buffer_ok(&out));
	asking_post(buffer_string(&out));
	buffer_done(&out);
}

static enum status
draw(const char *text)
{
	struct depict_wish wish = { .title = NULL };
	struct view view = viewing();
	enum status status;

	ck_assert_int_eq(scope_read(&scope, &view, text, NULL), STATUS_OK);
	status = depict(&scene, &view, &scope, &wish);
	scope_done(&scope);
	return status;
}

static long
memory_kb(void)
{
	struct rusage used;

	ck_assert_int_eq(getrusage(RUSAGE_SELF, &used), 0);
	return used.ru_maxrss;
}

START_TEST(thousands_of_port_groups_and_machines_take_little)
{
	clock_t begun;
	long before;

	asking_begin();
	post_host(0);
	ck_assert_int_eq(draw("esx0"), STATUS_OK); /* the inside is read */
	scene_done(&scene);
	before = memory_kb();
	begun = clock();
	ck_assert_int_eq(draw("esx0"), STATUS_OK);
	ck_assert_int_eq(layout(&sheet, &scene, LAYOUT_AUTO, 0), STATUS_OK);
	ck_assert_int_lt(clock() - begun, SECONDS_MOST * CLOCKS_PER_SEC);
	ck_assert_int_lt(memory_kb() - before, MEMORY_MOST_KB);
	ck_assert_uint_gt(sheet.box_count, REPORT_PORT_GROUPS_MOST);
	sheet_done(&sheet);
	scene_done(&scene);
	asking_end();
}
END_TEST

START_TEST(more_than_anybody_reads_is_refused_before_it_is_copied)
{
	asking_begin();
	post_host(0);
	post_host(1);
	ck_assert_int_eq(draw("esx0,esx1"), STATUS_TOO_LARGE);
	ck_assert_uint_eq(scene.machine_count, 0);
	ck_assert_ptr_null(scene.machines);
	scene_done(&scene);
	asking_end();
}
END_TEST

SUITE("drawing_large", thousands_of_port_groups_and_machines_take_little,
    more_than_anybody_reads_is_refused_before_it_is_copied)
