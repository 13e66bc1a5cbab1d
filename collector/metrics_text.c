#include "collector/metrics_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "collector/process.h"

static const char *const results[RESULT_COUNT] = {
	[RESULT_STORED] = "stored",
	[RESULT_KNOWN] = "known",
	[RESULT_MALFORMED] = "malformed",
	[RESULT_CONFLICT] = "conflict",
	[RESULT_BUSY] = "busy",
	[RESULT_FAILED] = "failed",
};

static const char *const kinds[CLAIM_LAST + 1] = {
	[CLAIM_HOST] = "host",
	[CLAIM_NIC] = "nic",
	[CLAIM_LINK] = "link",
	[CLAIM_NEIGHBOR] = "neighbor",
	[CLAIM_VSWITCH] = "vswitch",
	[CLAIM_PORT_GROUP] = "port_group",
	[CLAIM_WORKLOAD] = "workload",
	[CLAIM_HEARD_VLAN] = "heard_vlan",
};

static void
begin(struct buffer *b, const char *name, const char *type, const char *help)
{
	buffer_printf(b, "# HELP demarc_%s %s\n# TYPE demarc_%s %s\n", name,
	    help, name, type);
}

static void
add(struct buffer *b, const char *name, const char *label, const char *value,
    uint64_t number)
{
	if (label)
		buffer_printf(b, "demarc_%s{%s=\"%s\"} %" PRIu64 "\n", name,
		    label, value, number);
	else
		buffer_printf(b, "demarc_%s %" PRIu64 "\n", name, number);
}

static void
add_one(struct buffer *b, const char *name, const char *type, const char *help,
    uint64_t number)
{
	begin(b, name, type, help);
	add(b, name, NULL, NULL, number);
}

/* How a histogram is written: its bounds, and what one of them is. */
struct scale {
	const uint32_t *bounds;
	double unit;
};
static const struct scale in_seconds = { metrics_times, 1e-6 };
static const struct scale in_reports = { metrics_batches, 1 };

/* 'labels' is "" or ends with a comma. */
static void
add_histogram(struct buffer *b, const char *name, const char *labels,
    const struct histogram *h, const struct scale *scale)
{
	size_t length = strlen(labels);
	int inner = length > 0 ? (int)length - 1 : 0;
	const char *open = inner > 0 ? "{" : "", *shut = inner > 0 ? "}" : "";
	uint64_t sum = atomic_load(&h->sum), count = 0;

	for (unsigned i = 0; i < METRICS_BOUNDS_MOST; i++) {
		count += atomic_load(&h->counts[i]);
		buffer_printf(b, "demarc_%s_bucket{%sle=\"%g\"} %" PRIu64 "\n",
		    name, labels, scale->bounds[i] * scale->unit, count);
	}
	count += atomic_load(&h->counts[METRICS_BOUNDS_MOST]);
	buffer_printf(b, "demarc_%s_bucket{%sle=\"+Inf\"} %" PRIu64 "\n", name,
	    labels, count);
	buffer_printf(b, "demarc_%s_sum%s%.*s%s %.9g\n", name, open, inner,
	    labels, shut, (double)sum * scale->unit);
	buffer_printf(b, "demarc_%s_count%s%.*s%s %" PRIu64 "\n", name, open,
	    inner, labels, shut, count);
}

static void
add_reports(struct buffer *b, const struct metrics *m)
{
	begin(b, "reports_total", "counter", "Reports received, by result.");
	for (unsigned i = 0; i < RESULT_COUNT; i++)
		add(b, "reports_total", "result", results[i],
		    atomic_load(&m->reports[i]));
	begin(b, "heartbeats_total", "counter",
	    "Heartbeats received, by result.");
	for (unsigned i = 0; i < RESULT_COUNT; i++)
		add(b, "heartbeats_total", "result", results[i],
		    atomic_load(&m->heartbeats[i]));
	add_one(b, "report_bytes_total", "counter",
	    "Octets of reports and heartbeats, unpacked.",
	    atomic_load(&m->report_octets));
	begin(b, "report_wait_seconds", "histogram",
	    "How long a report waited for the writer.");
	add_histogram(b, "report_wait_seconds", "", &m->waits, &in_seconds);
	begin(b, "commit_seconds", "histogram",
	    "How long a batch took, until it was on the disk.");
	add_histogram(b, "commit_seconds", "", &m->commits, &in_seconds);
	begin(b, "commit_reports", "histogram", "Reports of one batch.");
	add_histogram(b, "commit_reports", "", &m->batches, &in_reports);
}

static void
add_writer(struct buffer *b, const struct reports_state *f)
{
	add_one(b, "queue_reports", "gauge", "Reports that wait to be stored.",
	    f->count);
	add_one(b, "queue_bytes", "gauge",
	    "Octets of the reports that wait to be stored.", f->octets);
	add_one(b, "ready", "gauge",
	    "1: reports can be stored, as /readyz says.", f->ready);
}

static void
add_findings(struct buffer *b, const struct fleet *f)
{
	begin(b, "findings", "gauge",
	    "Open findings that are broken, by owner and severity.");
	for (int owner = OWNED_BY_NETWORK; owner <= OWNED_BY_BOTH; owner++) {
		for (int s = SEVERITY_REMARK; s <= SEVERITY_ERROR; s++)
			buffer_printf(b,
			    "demarc_findings{owner=\"%s\",severity=\"%s\"} "
			    "%" PRIu64 "\n",
			    rule_owner_word((enum rule_owner)owner),
			    rule_severity_word((enum rule_severity)s),
			    f->findings[owner][s]);
	}
	add_one(b, "findings_unknown", "gauge",
	    "Open findings of which it is not known whether they are broken.",
	    f->unknown_findings);
	add_one(b, "hosts_judged", "gauge",
	    "Hosts that were judged since the collector started.", f->judged);
}

static void
add_fleet(struct buffer *b, const struct fleet *f)
{
	begin(b, "hosts", "gauge", "Hosts, by how they are.");
	add(b, "hosts", "state", "current", f->current);
	add(b, "hosts", "state", "silent", f->silent);
	add(b, "hosts", "state", "disconnected", f->disconnected);
	begin(b, "claims", "gauge",
	    "What the hosts say and is kept in memory, by kind.");
	for (unsigned kind = 0; kind <= CLAIM_LAST; kind++)
		add(b, "claims", "kind", kinds[kind], f->claims[kind]);
	if (f->joined_s < 0)
		return;
	add_one(b, "switches", "gauge",
	    "Switches, when all that hosts say was last joined.", f->switches);
	add_one(
	    b, "switch_ports", "gauge", "Ports of these switches.", f->ports);
	add_one(b, "join_age_seconds", "gauge",
	    "How old the join is that these two are of.",
	    (uint64_t)f->joined_s);
}

static void
add_requests(
    struct buffer *b, const struct metrics *m, unsigned route, const char *name)
{
	for (unsigned i = 0; i < METRICS_STATUSES; i++) {
		uint64_t count = atomic_load(&m->requests[route][i]);

		if (count > 0 && metrics_statuses[i] > 0)
			buffer_printf(b,
			    "demarc_http_requests_total{route=\"%s\","
			    "status=\"%u\"} %" PRIu64 "\n",
			    name, metrics_statuses[i], count);
		else if (count > 0)
			buffer_printf(b,
			    "demarc_http_requests_total{route=\"%s\","
			    "status=\"other\"} %" PRIu64 "\n",
			    name, count);
	}
}

static bool
was_asked(const struct metrics *m, unsigned route)
{
	for (unsigned i = 0; i <= METRICS_BOUNDS_MOST; i++) {
		if (atomic_load(&m->times[route].counts[i]) > 0)
			return true;
	}
	return false;
}

static void
add_http(struct buffer *b, const struct metrics *m, const char *const *routes)
{
	uint64_t gone = atomic_load(&m->disconnected);

	/* Read in this order it is never below 0. */
	add_one(b, "http_open_connections", "gauge",
	    "Connections that are open.", atomic_load(&m->connected) - gone);
	add_one(b, "http_connections_total", "counter",
	    "Connections that were accepted.", atomic_load(&m->connected));
	add_one(b, "http_received_bytes_total", "counter",
	    "Octets of the bodies of requests, as they were sent.",
	    atomic_load(&m->received));
	add_one(b, "http_sent_bytes_total", "counter",
	    "Octets of the bodies of answers, as they were sent.",
	    atomic_load(&m->sent));
	begin(b, "http_requests_total", "counter",
	    "Requests, by route and status.");
	for (unsigned i = 0; routes[i]; i++)
		add_requests(b, m, i, routes[i]);
	begin(b, "http_request_seconds", "histogram",
	    "From the headers of a request to its answer, by route.");
	for (unsigned i = 0; routes[i]; i++) {
		char label[128];

		(void)snprintf(
		    label, sizeof(label), "route=\"%s\",", routes[i]);
		if (was_asked(m, i))
			add_histogram(b, "http_request_seconds", label,
			    &m->times[i], &in_seconds);
	}
}

/* Named as every program's are, by Prometheus' own clients. */
static void
add_process(struct buffer *b, const struct process_usage *p)
{
	static const char format[] = "# HELP process_%s %s\n"
				     "# TYPE process_%s %s\n"
				     "process_%s %.15g\n";

	if (p->cpu_s >= 0)
		buffer_printf(b, format, "cpu_seconds_total",
		    "User and system CPU time.", "cpu_seconds_total", "counter",
		    "cpu_seconds_total", p->cpu_s);
	if (p->resident_octets < 0)
		return;
	buffer_printf(b, format, "resident_memory_bytes", "Resident memory.",
	    "resident_memory_bytes", "gauge", "resident_memory_bytes",
	    (double)p->resident_octets);
	buffer_printf(b, format, "virtual_memory_bytes", "Virtual memory.",
	    "virtual_memory_bytes", "gauge", "virtual_memory_bytes",
	    (double)p->virtual_octets);
}

void
metrics_text(struct buffer *out, const struct metrics *m,
    const struct metrics_state *state, const char *const *routes)
{
	struct process_usage process;

	process_usage(&process);
	begin(out, "build_info", "gauge", "1, with the version as label.");
	add(out, "build_info", "version", DEMARC_VERSION, 1);
	add_reports(out, m);
	add_writer(out, &state->queue);
	add_fleet(out, &state->fleet);
	add_findings(out, &state->fleet);
	add_http(out, m, routes);
	add_process(out, &process);
}
