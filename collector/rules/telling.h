/*
 * telling.h - what rules of bonds, rates and the virtual side say alike.
 *
 *	known -> [telling] -> judgement
 *
 * Memory, Errors: as judging.h.
 */
#ifndef COLLECTOR_RULES_TELLING_H
#define COLLECTOR_RULES_TELLING_H

#include "collector/rules/saying.h"

/* A judgement on the thing that 'about' names, with the sentence of one that
 * holds or is unknown: what is broken says itself.  NULL without memory. */
struct judgement *tell(
    const struct saying *t, enum ruling ruling, const char *about);

/* The same, unknown: 'wanting' would make it known. */
void tell_unknown(
    const struct saying *t, const char *about, const char *wanting);

/* Is what this source says of now? */
bool tell_is_current(const struct saying *t, const struct known_source *source);

/* The NIC is there, and what is known of it is of now. */
bool tell_nic_is_current(const struct saying *t, const struct known_nic *nic);

/* The switch port at the other end, now; NULL: not known for sure. */
const struct known_port *tell_port(
    const struct saying *t, const struct known_nic *nic);

/* Does this neighbor speak for the port at the other end, now? */
bool tell_speaks(const struct saying *t, const struct known_nic *nic,
    const struct known_neighbor *n);

/* The NIC, its port and its virtual switch are what it is about. */
void tell_of_nic(
    const struct saying *t, struct judgement *j, const struct known_nic *nic);

/* What to type on this host, or in its vCenter. */
void tell_host_fix(const struct saying *t, struct judgement *j,
    enum platform platform, enum fix_action action,
    const struct fix_words *words);

/* Of a virtual switch, by its place; KNOWN_NONE: of the host itself. */
enum platform tell_vswitch_platform(const struct saying *t, uint32_t vswitch);

/* The machines that run on this virtual switch. */
void tell_touched_by_vswitch(
    const struct saying *t, struct judgement *j, uint32_t vswitch);

/* "14 machines", "1 machine", "no machine". */
const char *tell_machines(const struct saying *t, const struct judgement *j);

/* Is it one that people run, not the host's own address?  Does it run? */
bool tell_is_machine(const struct known_machine *m);
bool tell_runs(const struct known_machine *m);

/* "a, b and c". */
const char *tell_list(
    const struct saying *t, const char *const *names, size_t count);

#endif
