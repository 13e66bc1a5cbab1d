// collector.mjs - a real collector of our own, fed with report documents.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_MS = 10000;
const TIMES = new Set(["sent_at", "started_at", "first_heard", "last_heard",
	"expires", "at", "since", "carrier_changed_at"]);

let number = Math.floor(Date.now() / 1000);

function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();

		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();

			server.close(() => resolve(port));
		});
	});
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The times in the files are seconds from now.
function timed(value, now) {
	if (Array.isArray(value))
		return value.map((item) => timed(item, now));
	if (value === null || typeof value !== "object")
		return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) =>
		[name, TIMES.has(name) && typeof inner === "number"
			? now + inner : timed(inner, now)]));
}

// The report in reports/NAME.json as if it were sent now.
export async function report(name) {
	const file = new URL(`reports/${name}.json`, import.meta.url);
	const document = JSON.parse(await readFile(file, "utf8"));

	number += 1;
	return { ...timed(document, Math.floor(Date.now() / 1000)), number };
}

export class Collector {
	constructor(directory, port) {
		this.directory = directory;
		this.port = port;
		this.url = `http://127.0.0.1:${port}`;
	}

	static async create() {
		const directory = await mkdtemp(join(tmpdir(), "demarc-browser-"));
		const collector = new Collector(directory, await freePort());

		await collector.start();
		return collector;
	}

	async start() {
		const arguments_ = ["--listen", `127.0.0.1:${this.port}`,
			"--database", join(this.directory, "demarc.sqlite")];

		this.said = "";
		this.child = spawn(join(process.env.BUILD, "demarc-collector"),
			arguments_, { stdio: ["ignore", "ignore", "pipe"] });
		this.child.stderr.on("data", (text) => { this.said += text; });
		this.ended = new Promise((resolve) => this.child.on("exit", resolve));
		for (let waited = 0; waited < START_MS; waited += 50) {
			const reply = await fetch(`${this.url}/readyz`).catch(() => null);

			if (reply?.ok)
				return;
			await pause(50);
		}
		throw new Error(`the collector does not start: ${this.said}`);
	}

	async post(document) {
		const reply = await fetch(`${this.url}/api/v1/reports`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(document),
		});

		if (reply.status !== 204)
			throw new Error(`report refused: ${reply.status} ${
				await reply.text()}`);
	}

	async stop() {
		this.child.kill("SIGTERM");
		await this.ended;
	}

	async remove() {
		await this.stop();
		await rm(this.directory, { recursive: true });
	}
}
