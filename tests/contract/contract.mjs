// contract.mjs URL PART... - holds a running collector to schema/api.yaml.
//
// PART is what to do: document (the document itself), fixtures (to report what the
// questions are about, as all that follow do first), valid (questions that it allows), hostile (what nobody should ask), reports (what agents may send and
// what is then answered), bodies (what no agent sends).  Failures are shrunk to
// the smallest that still fails.  CONTRACT_SEED chooses another run,
// CONTRACT_TIMES makes it so many times longer.  CONTRACT_TOKEN is what a reader
// sends to a collector that has the fixtures and wants tokens; empty: nothing.

import { readFile, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { Client } from "./client.mjs";
import { Document } from "./document.mjs";
import { Generator, damaged, harmful } from "./generate.mjs";

const ROOT = new URL("../../", import.meta.url);
const REPORTS = "/api/v1/reports";
const TIMES = Number(process.env.CONTRACT_TIMES ?? 1);
const SEED = Number(process.env.CONTRACT_SEED ?? 4471);
// A slow machine does less; it does not fail.
const PART_MS = 6000 * TIMES;
const HOSTS = 4;
const SAID_MOST = 6000;

const document = await Document.read(ROOT);
const generator = new Generator(document);
const TOKEN = process.env.CONTRACT_TOKEN;
const client = new Client(process.argv[2],
	TOKEN ? { authorization: `Bearer ${TOKEN}` } : {});
const now = () => Math.floor(Date.now() / 1000);
let number = now();
// What the collector knows by name, so that questions find something.
const words = new Set(["ens1", "vlan 140", "10.0.0.1", "b8:ce:f6:00:00:01"]);

async function judged(method, target, more) {
	const reply = await client.ask(method, target, more);
	const found = document.judge(reply);

	if (found.length > 0)
		throw new Error(`${method} ${target} -> ${reply.status}: ${
			found.slice(0, 5).join("; ")}\n${reply.body.subarray(0, 400)}`);
	return reply;
}

async function holds(runs, arbitrary, check) {
	const all = fc.asyncProperty(arbitrary, async (value) => {
		await check(value);
	});

	await fc.assert(all, { seed: SEED, numRuns: Math.round(runs * TIMES),
		interruptAfterTimeLimit: PART_MS, markInterruptAsFailure: false });
}

// Who listens for events and vanishes keeps a place for a while; a picture takes
// half a second.
function runsOf(operation, runs) {
	return /\/(events|draw\..*)$/.test(operation.path) ? 20 / TIMES : runs;
}

function post(value, headers = {}) {
	const body = Buffer.isBuffer(value) ? value : JSON.stringify(value);

	return judged("POST", REPORTS, { body, headers: {
		"content-type": "application/json", ...headers } });
}

// ---- what is known ---------------------------------------------------------

// In the pages' reports they are seconds from now.
const TIMES_OF = new Set(["sent_at", "started_at", "first_heard", "last_heard", "expires",
	"at", "since", "carrier_changed_at"]);

function timed(value) {
	if (Array.isArray(value))
		return value.map(timed);
	if (value === null || typeof value !== "object")
		return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) =>
		[name, TIMES_OF.has(name) && typeof inner === "number" ? now() + inner
			: timed(inner)]));
}

async function postFixtures() {
	if (TOKEN !== undefined)
		return;
	for (const folder of ["tests/browser/reports/", "tests/reports/"])
		for (const name of (await readdir(new URL(folder, ROOT))).sort()) {
			const value = JSON.parse(await readFile(
				new URL(folder + name, ROOT), "utf8"));
			const reply = await post({ ...folder.includes("browser")
				? timed(value) : value, number: ++number });

			if (reply.status !== 204)
				throw new Error(`${name}: ${reply.body}`);
		}
}

async function learnWords() {
	for (const list of ["hosts", "switches", "vms", "vswitches", "vlans"]) {
		const reply = await judged("GET", `/api/v1/${list}`);

		for (const item of JSON.parse(reply.body)[list] ?? [])
			for (const key of ["id", "name", "short_name", "uuid"])
				if (item[key] !== undefined)
					words.add(String(item[key]));
	}
}

// ---- questions ---------------------------------------------------------------

// Seconds ago, by the parameter: a span does not end before it begins.
const AGO_S = { at: [0, 7200], since: [3600, 7200], from: [3600, 7200], until: [0, 3000],
	to: [0, 3000] };

function moment(name) {
	const [least, most] = AGO_S[name];

	return fc.tuple(fc.integer({ min: least, max: most }), fc.boolean())
		.map(([ago, inWords]) => inWords
			? new Date((now() - ago) * 1000).toISOString().replace(/\.\d+/, "")
			: now() - ago);
}

function question(parameter) {
	const schema = document.resolve(parameter.schema);
	const known = fc.constantFrom(...words);

	if (AGO_S[parameter.name])
		return moment(parameter.name);
	if (schema.type !== "string")
		return generator.value(schema);
	return fc.oneof(known, known.map((word) => word.slice(0, 5)),
		generator.value(schema))
		.filter((value) => new RegExp(schema.pattern ?? "", "u").test(value) &&
			value.length >= (schema.minLength ?? 0));
}

// A target with these values, those of the path in it.
function targetOf(operation, values) {
	const query = [];
	let path = operation.path;

	for (const parameter of operation.parameters) {
		const value = values[parameter.name];

		if (value === undefined)
			continue;
		const encoded = encodeURIComponent(value.toWellFormed?.() ?? value);

		if (parameter.in === "path")
			path = path.replace(`{${parameter.name}}`, () => encoded);
		else if (parameter.in === "query")
			query.push(`${parameter.name}=${encoded}`);
	}
	return path + (query.length > 0 ? `?${query.join("&")}` : "");
}

// 'after' is the collector's own word and not made up.
function questionsOf(operation) {
	const parameters = operation.parameters.filter((one) =>
		one.in !== "header" && one.name !== "after" && one.name !== "file");

	return fc.record(Object.fromEntries(parameters.map((one) =>
		[one.name, question(one)])),
	{ requiredKeys: parameters.filter((one) => one.required).map((one) => one.name) });
}

const accepted = fc.constantFrom(undefined, "*/*", "application/json", "text/csv",
	"text/html, */*;q=0.1", "text/csv;q=0, application/json");
const coded = fc.constantFrom(undefined, "gzip", "identity", "gzip;q=0", "br, *;q=0.1");

function headersOf(named) {
	return Object.fromEntries(Object.entries(named)
		.filter(([, value]) => value !== undefined));
}

async function followPages(reply, most) {
	let next = reply.headers["content-type"]?.startsWith("application/json")
		? JSON.parse(reply.body).next : undefined;

	for (let page = 0; next && page < most; page += 1) {
		const more = await judged("GET", next);

		if (more.status !== 200)
			throw new Error(`the next page ${next} is ${more.status}`);
		next = JSON.parse(more.body).next;
	}
}

async function askValid(operation, values, accept, coding, method) {
	const target = targetOf(operation, values);
	const reply = await judged(method, target,
		{ headers: headersOf({ accept, "accept-encoding": coding }) });

	if (reply.status === 400 || reply.status === 405)
		throw new Error(`${target} is allowed, but: ${reply.status} ${reply.body}`);
	// Whose tokens were too often wrong must wait.
	if (target.startsWith("/api/") && [401, 429].includes(reply.status) !== (TOKEN === ""))
		throw new Error(`${target} is ${reply.status} with the token "${TOKEN}"`);
	if (reply.status !== 200)
		return;
	if (reply.headers.etag) {
		const again = await judged(method, target, { headers: headersOf({ accept,
			"accept-encoding": coding, "if-none-match": reply.headers.etag }) });

		if (![200, 304].includes(again.status))
			throw new Error(`${target} with its ETag is ${again.status}`);
	}
	if (method === "GET" && coding !== "gzip" && coding !== "br, *;q=0.1")
		await followPages(reply, 3);
}

// Some parameters are of some formats of a drawing alone, as their description
// says: no schema can.
const FORMATS_OF = { mode: ["svg"], theme: ["svg", "png", "pdf"] };
const TEXTS = ["txt", "ascii"];

function fitting(operation, values) {
	if (!operation.path.endsWith("/draw.{which}"))
		return values;
	return Object.fromEntries(Object.entries(values).filter(([name]) =>
		(FORMATS_OF[name]?.includes(values.which) ?? true) &&
		!(["detail", "page"].includes(name) && TEXTS.includes(values.which))));
}

async function valid() {
	for (const operation of document.operations.filter((one) => one.method === "GET"))
		await holds(runsOf(operation, 40), fc.tuple(questionsOf(operation), accepted, coded,
			fc.constantFrom("GET", "GET", "GET", "HEAD")),
		([values, ...more]) => askValid(operation,
			{ file: "style.css", ...fitting(operation, values) }, ...more));
}

// ---- what nobody should ask ----------------------------------------------------

const octets = fc.uint8Array({ maxLength: 30 }).map((all) =>
	[...all].map((one) => `%${one.toString(16).padStart(2, "0")}`).join(""));
const escaped = fc.oneof(harmful.map((value) => encodeURIComponent(value.toWellFormed())),
	octets, fc.constantFrom("%", "%zz", "%00", "%2e%2e%2f", "+", "&", "=", ""));
// Of a header only what the client library lets through.
const headerText = fc.string({ unit: "grapheme-ascii", maxLength: 200 })
	.filter((value) => value.trim() === value);

function hostileTarget(operation) {
	const names = fc.constantFrom(...operation.parameters.map((one) => one.name),
		"nonsense", "limit", "q", "of", "at", "");

	return fc.tuple(escaped, fc.array(fc.tuple(names, escaped), { maxLength: 4 }),
		fc.constantFrom("", "", "", "/", "/..", ".csv", "//", ";x"))
		.map(([which, query, tail]) => operation.path.replace(/\{[^}]*\}/, () =>
			which || "x") + tail + (query.length > 0
			? `?${query.map((pair) => pair.join("=")).join("&")}` : ""));
}

async function hostile() {
	const methods = fc.constantFrom("GET", "GET", "GET", "GET", "HEAD", "PUT", "DELETE",
		"PATCH", "OPTIONS", "TRACE", "POST", "BREW");
	const headers = fc.record({ accept: headerText, "accept-encoding": headerText,
		"if-none-match": headerText, range: headerText, cookie: headerText,
		"x-forwarded-for": headerText, "content-type": headerText,
		authorization: headerText }, { requiredKeys: [] });

	for (const operation of document.operations)
		await holds(runsOf(operation, 40), fc.tuple(methods, hostileTarget(operation), headers),
			([method, target, sent]) => judged(method, target, { headers: sent }));
	await holds(200, fc.tuple(methods, fc.array(escaped, { maxLength: 5 })),
		([method, parts]) => judged(method, `/${parts.join("/")}`));
	await holds(60, fc.tuple(fc.constantFrom(...document.operations
		.filter((one) => one.parameters.some((each) => each.in === "query"))),
	fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 })),
	([operation, name]) => refusesUnknown(operation, name));
}

// What the document gives no name to is refused where it says so: in lists.
async function refusesUnknown(operation, name) {
	const named = operation.parameters.some((one) => one.name === name);
	const isList = operation.parameters.some((one) => one.name === "limit");
	const reply = await judged("GET",
		`${operation.path}?${encodeURIComponent(name)}=1`);

	if (isList && !named && ![400, ...TOKEN === "" ? [401, 429] : []].includes(reply.status))
		throw new Error(`${operation.path} takes "${name}"`);
}

// ---- reports -----------------------------------------------------------------

// Two differ in their first 63 bits.
function idOf(host) {
	return `${host}`.padEnd(32, "0");
}

// What the schema cannot say: names are unique; what is told is of now.
const KEYS = { nics: ["name"], links: ["name"], vswitches: ["name"],
	port_groups: ["vswitch", "name"], workloads: ["id"] };

function asSent(value, host) {
	const out = { ...value, number: ++number, sent_at: now(),
		host: { ...value.host, id: idOf(host) } };

	for (const [list, keys] of Object.entries(KEYS)) {
		const seen = new Set();
		const isNew = (item) => {
			const key = JSON.stringify(keys.map((one) => item?.[one]));

			return !seen.has(key) && seen.add(key);
		};

		if (Array.isArray(out[list]))
			out[list] = out[list].filter(isNew);
	}
	return out;
}

async function askAbout(id) {
	const one = encodeURIComponent(id);
	const host = await judged("GET", `/api/v1/hosts/${one}`);

	if (host.status !== 200)
		throw new Error(`${id} was taken, but is ${host.status}`);
	for (const target of [`/api/v1/vms?host=${one}`, `/api/v1/vswitches?host=${one}`,
		`/api/v1/path?of=${one}`, `/api/v1/impact?of=${one}`,
		`/api/v1/diagnose?of=${one}`,
		"/api/v1/switches", "/api/v1/vlans", "/api/v1/hosts.csv",
		"/api/v1/vms.csv"])
		await judged("GET", target);
	for (const vm of JSON.parse((await client.ask("GET",
		`/api/v1/vms?host=${one}`)).body).vms.slice(0, 2))
		await judged("GET", `/api/v1/vms/${encodeURIComponent(vm.id)}`);
}

async function takes(value, host) {
	const sent = asSent(value, host);
	const may = document.isReport(sent);
	const reply = await post(sent);
	const wanted = may ? [204, 409] : [400];

	if (!wanted.includes(reply.status))
		throw new Error(`${may ? "allowed" : "not allowed"}, but: ${reply.status} ${
			reply.body}\n${JSON.stringify(sent)}`);
	return reply.status === 204;
}

async function reports() {
	const host = fc.integer({ min: 1, max: HOSTS });

	await holds(120, fc.tuple(generator.report("report"), host), async ([value, id]) => {
		if (await takes({ ...value, heartbeat: undefined }, id))
			await askAbout(idOf(id));
	});
	await holds(100, fc.tuple(generator.report("heartbeat"), host),
		([value, id]) => takes({ ...value, heartbeat: true }, id));
	await holds(300, generator.report("report").chain((value) =>
		fc.tuple(damaged({ ...value, heartbeat: undefined }), host)),
	([value, id]) => value && takes(value, id));
}

// ---- bodies that no agent sends -------------------------------------------------

async function bodies() {
	const types = fc.constantFrom("application/json", "application/json",
		"application/json; charset=utf-8", "text/plain", "", "x");
	const codings = fc.constantFrom(undefined, undefined, "gzip", "zstd", "identity", "br",
		"gzip, gzip", "x-gzip");
	const sentAt = fc.oneof(fc.constant(undefined), fc.nat().map(String), headerText);
	const json = fc.jsonValue({ maxDepth: 4 }).map((value) =>
		Buffer.from(JSON.stringify(value)));
	const any = fc.uint8Array({ maxLength: 500 }).map((all) => Buffer.from(all));
	const cut = fc.tuple(json, fc.nat()).map(([body, at]) =>
		body.subarray(0, at % (body.length + 1)));

	await holds(300, fc.tuple(fc.oneof(json, any, cut, json.map((one) => gzipSync(one)),
		fc.constantFrom(Buffer.from("[".repeat(5000)), Buffer.alloc(100000, 0x20),
			gzipSync(Buffer.alloc(3000000, 0x20)))), types, codings, sentAt),
	async ([body, type, coding, at]) => {
		const reply = await judged("POST", REPORTS, { body, headers: headersOf({
			"content-type": type, "content-encoding": coding,
			"demarc-sent-at": at }) });

		if (reply.status === 204)
			throw new Error("taken as a report");
	});
}

// ---- all of it -------------------------------------------------------------------

async function documentItself() {
	const found = await document.mistakes();

	if (found.length > 0)
		throw new Error(found.join("\n"));
}

const PARTS = { document: documentItself, fixtures: () => {}, valid, hostile, reports, bodies };
const parts = process.argv.slice(3);
let part;

try {
	if (parts[0] !== "document") {
		await postFixtures();
		await learnWords();
	}
	for (part of parts)
		await PARTS[part]();
	console.log(`${parts.join(", ")}: ${client.asked} requests, seed ${SEED}`);
} catch (error) {
	const said = `${error.message}\n${error.cause?.message ?? ""}`;

	console.log(`${part}, seed ${SEED}: ${said.length < SAID_MOST ? said
		: `${said.slice(0, SAID_MOST / 2)}\n...\n${said.slice(-SAID_MOST / 2)}`}`);
	process.exitCode = 1;
} finally {
	client.close();
}
