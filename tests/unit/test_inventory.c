#include "vsphere/inventory.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

/* An update of one object with one text. */
static void
tell(struct inventory *inventory, enum object_type type, const char *reference,
    unsigned property, const char *text)
{
	struct update update = { .kind = UPDATE_MODIFY, .type = type };
	struct draft draft;
	struct place place;

	draft_init(&draft);
	draft_begin(&draft, sizeof(struct place));
	draft_open(&draft);
	place = draft_text(&draft, text, strlen(text));
	memcpy(draft_item(&draft), &place, sizeof(place));
	draft_close(&draft, true);
	snprintf(update.reference, sizeof(update.reference), "%s", reference);
	update.values[property] =
	    (struct update_value){ true, draft_finish(&draft) };
	draft_done(&draft);
	ck_assert_int_eq(inventory_take(inventory, &update), STATUS_OK);
	free(update.values[property].list);
}

static void
tell_uuid(struct inventory *inventory, const char *reference, const char *uuid)
{
	struct update update = { .kind = UPDATE_ENTER, .type = OBJECT_HOST };
	struct system_value *system;
	struct draft draft;

	draft_init(&draft);
	draft_begin(&draft, sizeof(*system));
	draft_open(&draft);
	system = draft_item(&draft);
	system->uuid = draft_text(&draft, uuid, strlen(uuid));
	draft_close(&draft, true);
	snprintf(update.reference, sizeof(update.reference), "%s", reference);
	update.values[HOST_SYSTEM] =
	    (struct update_value){ true, draft_finish(&draft) };
	draft_done(&draft);
	ck_assert_int_eq(inventory_take(inventory, &update), STATUS_OK);
	free(update.values[HOST_SYSTEM].list);
}

static void
leave(struct inventory *inventory, enum object_type type, const char *reference)
{
	struct update update = { .kind = UPDATE_LEAVE, .type = type };

	snprintf(update.reference, sizeof(update.reference), "%s", reference);
	ck_assert_int_eq(inventory_take(inventory, &update), STATUS_OK);
}

static unsigned
vms_of(const struct esxi *host)
{
	unsigned n = 0;

	for (const struct vm *vm = host->vms; vm; vm = vm->next)
		n++;
	return n;
}

START_TEST(a_machine_moves_and_both_hosts_are_marked)
{
	struct inventory inventory;
	struct esxi *a, *b;

	inventory_init(&inventory);
	tell(&inventory, OBJECT_VM, "vm-1", VM_HOST, "host-1");
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	tell(&inventory, OBJECT_HOST, "host-2", HOST_NAME, "b");
	a = inventory_find_host(&inventory, "host-1");
	b = inventory_find_host(&inventory, "host-2");
	ck_assert_uint_eq(vms_of(a), 1);
	a->told.changed = b->told.changed = inventory.changed = false;
	tell(&inventory, OBJECT_VM, "vm-1", VM_HOST, "host-2");
	ck_assert(a->told.changed && b->told.changed && inventory.changed);
	ck_assert_uint_eq(vms_of(a), 0);
	ck_assert_uint_eq(vms_of(b), 1);
	inventory_done(&inventory);
}
END_TEST

START_TEST(what_is_told_again_changes_nothing)
{
	struct inventory inventory;
	struct esxi *a;

	inventory_init(&inventory);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	a = inventory_find_host(&inventory, "host-1");
	a->told.changed = inventory.changed = false;
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	ck_assert(!a->told.changed && !inventory.changed);
	inventory_done(&inventory);
}
END_TEST

START_TEST(a_host_that_is_back_is_asked_what_it_hears)
{
	struct inventory inventory;
	struct esxi *a;

	inventory_init(&inventory);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_CONNECTION,
	    "notResponding");
	a = inventory_find_host(&inventory, "host-1");
	a->rewired = false;
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "b");
	ck_assert(!a->rewired);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_CONNECTION, "connected");
	ck_assert(a->rewired);
	inventory_done(&inventory);
}
END_TEST

START_TEST(what_a_reading_does_not_tell_is_gone)
{
	struct inventory inventory;

	inventory_init(&inventory);
	inventory_begin(&inventory);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	tell(&inventory, OBJECT_HOST, "host-2", HOST_NAME, "b");
	tell(&inventory, OBJECT_VM, "vm-1", VM_HOST, "host-2");
	inventory_end(&inventory);
	inventory_begin(&inventory);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	inventory_end(&inventory);
	ck_assert_ptr_nonnull(inventory_find_host(&inventory, "host-1"));
	ck_assert_ptr_null(inventory_find_host(&inventory, "host-2"));
	ck_assert_ptr_null(inventory.first[OBJECT_VM]);
	ck_assert_uint_eq(inventory.count, 1);
	inventory_done(&inventory);
}
END_TEST

START_TEST(a_host_that_leaves_before_its_machines_is_no_trap)
{
	struct inventory inventory;

	inventory_init(&inventory);
	tell(&inventory, OBJECT_HOST, "host-1", HOST_NAME, "a");
	tell(&inventory, OBJECT_VM, "vm-1", VM_HOST, "host-1");
	leave(&inventory, OBJECT_HOST, "host-1");
	ck_assert(!esxi_is_known(inventory_find_host(&inventory, "host-1")));
	tell(&inventory, OBJECT_VM, "vm-1", VM_POWER, "poweredOff");
	leave(&inventory, OBJECT_VM, "vm-1");
	leave(&inventory, OBJECT_VM, "vm-1");
	inventory_done(&inventory);
}
END_TEST

START_TEST(thousands_are_found_again)
{
	struct inventory inventory;
	char reference[32];

	inventory_init(&inventory);
	for (int i = 0; i < 3000; i++) {
		snprintf(reference, sizeof(reference), "host-%d", i);
		tell(&inventory, OBJECT_HOST, reference, HOST_NAME, reference);
	}
	for (int i = 0; i < 3000; i++) {
		snprintf(reference, sizeof(reference), "host-%d", i);
		ck_assert_ptr_nonnull(
		    inventory_find_host(&inventory, reference));
	}
	inventory_done(&inventory);
}
END_TEST

static const struct esxi *
known(struct inventory *inventory, const char *reference)
{
	return inventory_find_host(inventory, reference);
}

START_TEST(an_id_is_of_the_machine_and_spread)
{
	struct inventory inventory;
	char before[HOST_ID_SIZE];

	inventory_init(&inventory);
	tell_uuid(&inventory, "host-1", "4c4c4544-0001-4d10-8000-000000000001");
	tell_uuid(&inventory, "host-2", "4C4C4544-0001-4D10-8000-000000000002");
	inventory_identify(&inventory);
	ck_assert(!known(&inventory, "host-1")->id_derived);
	ck_assert_uint_eq(strlen(known(&inventory, "host-1")->id), 32);
	/* The first half alone tells them apart. */
	ck_assert_int_ne(strncmp(known(&inventory, "host-1")->id,
			     known(&inventory, "host-2")->id, 16),
	    0);
	memcpy(before, known(&inventory, "host-1")->id, sizeof(before));
	inventory_done(&inventory);
	/* The same machine elsewhere, in other letters. */
	inventory_init(&inventory);
	tell_uuid(&inventory, "host-9", "4C4C4544-0001-4D10-8000-000000000001");
	inventory_identify(&inventory);
	ck_assert_str_eq(known(&inventory, "host-9")->id, before);
	inventory_done(&inventory);
}
END_TEST

START_TEST(a_uuid_that_tells_nothing_is_replaced)
{
	static const char *const bad[] = { "", "no uuid at all",
		"00000000-0000-0000-0000-000000000000",
		"ffffffff-ffff-ffff-ffff-ffffffffffff",
		"4c4c4544-0001-4d10-8000-00000000000", "same", "same" };
	struct inventory inventory;
	char reference[32];

	inventory_init(&inventory);
	snprintf(inventory.instance, sizeof(inventory.instance), "vcenter-1");
	for (unsigned i = 0; i < 7; i++) {
		snprintf(reference, sizeof(reference), "host-%u", i);
		tell_uuid(&inventory, reference,
		    i < 5 ? bad[i] : "01234567-89ab-cdef-0123-456789abcdef");
	}
	inventory_identify(&inventory);
	for (unsigned i = 0; i < 7; i++) {
		snprintf(reference, sizeof(reference), "host-%u", i);
		ck_assert(known(&inventory, reference)->id_derived);
		for (unsigned k = 0; k < i; k++) {
			char other[32];

			snprintf(other, sizeof(other), "host-%u", k);
			ck_assert_str_ne(known(&inventory, reference)->id,
			    known(&inventory, other)->id);
		}
	}
	inventory_done(&inventory);
}
END_TEST

SUITE("inventory", a_machine_moves_and_both_hosts_are_marked,
    what_is_told_again_changes_nothing, what_a_reading_does_not_tell_is_gone,
    a_host_that_is_back_is_asked_what_it_hears,
    a_host_that_leaves_before_its_machines_is_no_trap,
    thousands_are_found_again, an_id_is_of_the_machine_and_spread,
    a_uuid_that_tells_nothing_is_replaced)
