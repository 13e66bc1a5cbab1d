#include "collector/depict.h"
#include "tests/support/suite.h"
#include "tests/support/viewing.h"

/* A rule of ours, broken on one NIC of each host. */
static void
say_broken(
    const struct rule *rule, const struct known *known, struct judgements *out)
{
	static const char *nics[] = { "ens1f0" }, *ports[] = { "Eth1/1 on x" };
	static struct judged_claim claim = { OWNED_BY_NETWORK,
		"carries VLAN 110", "LLDP on hv1", 990, true };
	static struct judged_fix fix = { OWNED_BY_NETWORK, "leaf1a", "EOS",
		"switchport trunk allowed vlan add 120" };
	struct judgement *j = judgements_add(out, rule, RULING_BROKEN);

	(void)known;
	ck_assert_ptr_nonnull(j);
	j->sentence = "VLAN 120 does not arrive";
	j->claims = &claim;
	j->claim_count = 1;
	j->fixes = &fix;
	j->fix_count = 1;
	j->things = (struct judged_things){
		.nics = nics, .ports = ports, .nic_count = 1, .port_count = 1
	};
}

static const struct rule broken_rules[] = {
	{ .id = "vlan-not-carried",
	    .owner = OWNED_BY_NETWORK,
	    .severity = SEVERITY_ERROR,
	    .judge = say_broken },
	{ .id = NULL },
};

START_TEST(a_finding_is_drawn_where_it_lies)
{
	const struct scene_finding *f;
	struct scene scene;
	struct scope scope;
	struct view view;

	asking_begin();
	asking_api->findings.rules = broken_rules;
	asking_post_file("tests/reports/hv1.json");
	view = viewing();
	ck_assert_int_eq(scope_read(&scope, &view, "hv1", NULL), STATUS_OK);
	ck_assert_int_eq(depict(&scene, &view, &scope,
			     &(struct depict_wish){ .highlight = NULL }),
	    STATUS_OK);
	scope_done(&scope);
	ck_assert_uint_eq(scene.finding_count, 1);
	f = &scene.findings[0];
	ck_assert_str_eq(f->heading, "VLAN 120 does not arrive");
	ck_assert_str_eq(f->lines[0], "LLDP on hv1: carries VLAN 110");
	ck_assert_str_eq(f->command, "switchport trunk allowed vlan add 120");
	ck_assert_int_eq(f->owner, OWNER_NETWORK);
	ck_assert(!f->quiet);
	ck_assert_uint_eq(f->nic_count, 1);
	ck_assert_str_eq(scene.nics[f->nics[0]].name, "ens1f0");
	/* That is no port of these cables. */
	ck_assert_uint_eq(f->port_count, 0);
	scene_done(&scene);
	asking_end();
}
END_TEST

SUITE("depict_findings", a_finding_is_drawn_where_it_lies)
