/*
 * virtual_json.h - writes the inside of a host as members of a report.
 *
 *	virtual -> [virtual_json] -> report
 *
 * Memory:  writes to the report's buffer.
 * Errors:  those of the buffer.
 * Source:  schema/report.json: vswitches, port_groups, workloads.
 */
#ifndef REPORT_VIRTUAL_JSON_H
#define REPORT_VIRTUAL_JSON_H

#include "base/json.h"
#include "report/virtual.h"

/* Three members of the object that is open; sorts the vNICs first. */
void virtual_json_members(struct json *j, struct virtual *v);

#endif
