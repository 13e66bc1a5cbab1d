// live.js - learns from the collector that something has changed.
//
//	GET /api/v1/events -> [live] -> refresh
//
// What an event says is not shown: the page asks anew, so that it shows one
// moment.  Only a page that is looked at listens, since a browser opens six
// connections to a collector, for all its windows together.  Who cannot listen
// asks more often.

const GATHER_MS = 100; // one report makes several events
const LEAST_MS = 2000; // in a large fleet something changes all the time
const AGAIN_MS = 30000; // the browser itself gives up when it is refused

let source = null;
let connected = false;
let gathering = 0;
let last = -LEAST_MS;
let again = 0;

export const isLive = () => connected;

function stop() {
	clearTimeout(again);
	clearTimeout(gathering);
	gathering = 0;
	source?.close();
	source = null;
	connected = false;
}

function start(changed) {
	if (source || document.hidden)
		return;
	source = new EventSource("/api/v1/events");
	source.addEventListener("open", () => {
		connected = true;
	});
	// What was asked before either of them may be older than the stream.
	source.addEventListener("ready", changed);
	source.addEventListener("reset", changed);
	source.addEventListener("change", () => {
		gathering ||= setTimeout(() => {
			gathering = 0;
			last = performance.now();
			changed();
		}, Math.max(GATHER_MS, last + LEAST_MS - performance.now()));
	});
	source.addEventListener("error", () => {
		const refused = source.readyState === EventSource.CLOSED;
		const was = connected;

		connected = false;
		if (refused) {
			stop();
			again = setTimeout(start, AGAIN_MS, changed);
		}
		if (was)
			changed();
	});
}

// Calls 'changed' when there is something to ask for.
export function liveStart(changed) {
	document.addEventListener("visibilitychange", () => {
		if (document.hidden)
			stop();
		else
			start(changed);
	});
	addEventListener("pagehide", stop);
	start(changed);
}
