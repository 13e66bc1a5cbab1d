// theme.js - takes the reader's choice of light or dark before the first paint.
// A classic script in the head, so that the page never flashes.
try {
	const chosen = localStorage.getItem("theme");

	if (chosen === "light" || chosen === "dark")
		document.documentElement.dataset.theme = chosen;
} catch {
	// Storage is refused in some private windows: the system's choice holds.
}
