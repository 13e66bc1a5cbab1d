// client.mjs - requests as they are told, without anything being put right.

import { Agent, request } from "node:http";
import { gunzipSync } from "node:zlib";

const WAIT_MS = 20000;

export class Client {
	// 'headers' go with each request that does not say otherwise.
	constructor(url, headers = {}) {
		this.headers = headers;
		this.url = new URL(url);
		this.agent = new Agent({ keepAlive: true, maxSockets: 4 });
		this.asked = 0;
	}

	// 'target' is the path with its query, percent-encoded by whoever asks.
	ask(method, target, { headers = {}, body } = {}) {
		this.asked += 1;
		return new Promise((resolve, reject) => {
			const sent = request({ host: this.url.hostname, port: this.url.port,
				method, path: target,
				headers: { ...this.headers, ...headers }, agent: this.agent,
				timeout: WAIT_MS }, (reply) => {
				const parts = [];

				// Events have no end: their beginning is the answer.
				if (reply.headers["content-type"]?.startsWith("text/event")) {
					resolve({ method, path: Client.decoded(target),
						status: reply.statusCode, headers: reply.headers,
						body: Buffer.alloc(0) });
					sent.destroy();
					return;
				}
				reply.on("data", (part) => parts.push(part));
				reply.on("error", reject);
				reply.on("end", () => resolve({ method,
					path: Client.decoded(target), status: reply.statusCode,
					headers: reply.headers, body: Client.plain(
						reply.headers["content-encoding"],
						Buffer.concat(parts)) }));
			});

			sent.on("timeout", () => sent.destroy(new Error("no answer")));
			sent.on("error", (error) => reject(new Error(
				`${method} ${target}: ${error.message}`)));
			sent.end(body);
		});
	}

	static plain(coding, body) {
		return coding === "gzip" && body.length > 0 ? gunzipSync(body) : body;
	}

	// The path as the collector sees it.
	static decoded(target) {
		const path = target.split("?")[0];

		try {
			return decodeURIComponent(path);
		} catch {
			return path;
		}
	}

	close() {
		this.agent.destroy();
	}
}
