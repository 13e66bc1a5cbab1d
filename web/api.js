// api.js - asks the collector.
//
// An answer is the document as the collector sent it.  What goes wrong is one
// of two things: a Problem (the collector answered, and says why not) or a
// NotReached (nobody answered in time, or not in our language).

const PATIENCE_MS = 8000; // more than the slowest answer, less than a reader's

export class Problem extends Error {
	constructor(status, detail) {
		super(detail);
		this.status = status;
	}
}

export class NotReached extends Error {}

async function fetched(path, signal) {
	const limit = AbortSignal.timeout(PATIENCE_MS);

	try {
		return await fetch(path, {
			signal: signal ? AbortSignal.any([signal, limit]) : limit,
			headers: { accept: "application/json" },
			cache: "no-store",
		});
	} catch (error) {
		if (signal?.aborted)
			throw error; // the page has moved on, nothing is wrong
		throw new NotReached(error.message);
	}
}

async function document(path, signal) {
	const reply = await fetched(path, signal);
	let body;

	try {
		body = await reply.json();
	} catch (error) {
		if (signal?.aborted)
			throw error;
		if (reply.status >= 400 && reply.status < 500)
			throw new Problem(reply.status, reply.status === 414
				? "The question is too long." : reply.statusText);
		throw new NotReached(`the reply (${reply.status}) is not JSON`);
	}
	if (!reply.ok)
		throw new Problem(reply.status,
			body?.detail ?? body?.title ?? `status ${reply.status}`);
	if (typeof body?.now !== "number")
		throw new NotReached("the reply is not demarc's");
	return body;
}

const part = encodeURIComponent;

export const find = (q, signal) => document(`/api/v1/find?q=${part(q)}`, signal);
export const path = (of, signal) => document(`/api/v1/path?of=${part(of)}`, signal);
export const hosts = (signal) => document("/api/v1/hosts", signal);
export const host = (id, signal) => document(`/api/v1/hosts/${part(id)}`, signal);
export const switches = (signal) => document("/api/v1/switches", signal);
export const vms = (signal) => document("/api/v1/vms", signal);
export const vm = (id, signal) => document(`/api/v1/vms/${part(id)}`, signal);
export const vswitches = (signal) => document("/api/v1/vswitches", signal);
export const vswitch = (id, signal) =>
	document(`/api/v1/vswitches/${part(id)}`, signal);
export const vlans = (signal) => document("/api/v1/vlans", signal);
export const vlan = (id, signal) =>
	document(`/api/v1/vlans/${part(id)}`, signal);
export const switchOf = (id, signal) =>
	document(`/api/v1/switches/${part(id)}`, signal);
