"""Every format of a drawing, opened by a program that is not ours.

write-drawing makes the files; xmllint, dot, networkx, libvisio and, in Chromium,
maxGraph, Excalidraw and Mermaid read them.  Names in "hostile" are those that
others could send.
"""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

from world import BUILD, TREE

HERE = os.path.join(TREE, "tests/draw")
WRITER = os.path.join(BUILD, "write-drawing")
SITUATIONS = ("rack", "path", "pod", "each")
HOSTILE = (
    "<script>alert(1)</script>", "\"quoted\" & 'too'", "]]>", "-->",
    "\u202eright to left", "=cmd|'/C calc'!A0", "`id` $(id)",
    "javascript:alert(1)", "back\\slash\\", "%%{init: {}}%% style:x#; &lt;",
    "two\nlines", "x" * 10000,
)
BROWSER_S = 120


def write(situation, suffix, name=""):
    done = subprocess.run([WRITER, situation, suffix, name],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=20)
    assert done.returncode == 0, done.stderr
    return done.stdout


def drawings(suffix):
    for situation in SITUATIONS:
        yield situation, write(situation, suffix)
    for name in HOSTILE:
        yield name[:20], write("hostile", suffix, name)


def needs(program, package):
    return unittest.skipUnless(shutil.which(program), "%s is missing "
                               "(package %s)" % (program, package))


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def put(self, name, octets):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(octets)
        return path

    def quiet(self, *command):
        done = subprocess.run(command, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b""), command)
        return done.stdout


class Drawings(Folder):
    @needs("xmllint", "libxml2-utils")
    def test_xmllint_reads_all_that_is_xml(self):
        for suffix in ("drawio", "graphml", "svg"):
            for situation, octets in drawings(suffix):
                path = self.put("a." + suffix, octets)
                with self.subTest(suffix + " " + situation):
                    self.quiet("xmllint", "--noout", path)

    @needs("dot", "graphviz")
    def test_dot_reads_it_without_a_warning(self):
        for situation, octets in drawings("dot"):
            path = self.put("a.dot", octets)
            with self.subTest(situation):
                self.quiet("dot", "-Tsvg", "-o", os.devnull, path)

    @needs("unzip", "unzip")
    @needs("vsd2xhtml", "libvisio-tools")
    def test_libvisio_reads_visio_and_finds_every_name(self):
        for situation, octets in drawings("vsdx"):
            path = self.put("a.vsdx", octets)
            with self.subTest(situation):
                self.quiet("unzip", "-qt", path)
                self.quiet("xmllint", "--noout", self.put(
                    "page.xml", self.quiet(
                        "unzip", "-p", path, "visio/pages/page1.xml")))
        path = self.put("a.vsdx", write("rack", "vsdx"))
        shown = self.quiet("vsd2xhtml", path).decode()
        for name in ("esx-07", "vmnic3", "Te1/8", "carries 130", "web-01",
                     "needs 120, 130", "demarc"):
            self.assertIn(name, shown)
        for color in ("#d3222a", "#1d55b0", "#15803d"):
            self.assertIn(color, shown)

    def test_networkx_reads_graphml_and_what_both_sides_say(self):
        try:
            import networkx
        except ImportError:
            self.skipTest("networkx is missing (package python3-networkx)")
        for situation, octets in drawings("graphml"):
            with self.subTest(situation):
                graph = networkx.read_graphml(self.put("a.graphml", octets))
                self.assertTrue(graph.edges)
                for _, kind in graph.nodes(data="kind"):
                    self.assertTrue(kind)
        graph = networkx.read_graphml(
            self.put("a.graphml", write("rack", "graphml")))
        cables = [e for _, _, e in graph.edges(data=True)
                  if e["joins"] == "cable"]
        self.assertIn(("carries 130", "needs 120, 130", 2),
                      [(c["network"], c["systems"], c.get("finding"))
                       for c in cables])

    def test_mermaid_refuses_what_its_readers_would_refuse(self):
        done = subprocess.run([WRITER, "many", "mmd", "502"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"DOT", done.stderr)


@unittest.skipUnless(shutil.which("node"), "Node.js is missing (package nodejs)")
@unittest.skipUnless(os.path.isdir(os.path.join(HERE, "node_modules")),
                     "npm has not fetched what tests/draw needs")
class InABrowser(Folder):
    """All files are opened by one browser, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = {}
        files = []
        for suffix in ("drawio", "excalidraw", "mmd"):
            for number, (situation, octets) in enumerate(drawings(suffix)):
                if situation == "pod" and suffix == "mmd":
                    continue  # drawn as the others, in many seconds
                path = os.path.join(cls.folder, "%d.%s" % (number, suffix))
                with open(path, "wb") as f:
                    f.write(octets)
                files.append((suffix, situation, path))
        done = subprocess.run(
            ["node", os.path.join(HERE, "open.mjs")] + [f[2] for f in files],
            env=dict(os.environ, CHROMIUM=os.environ.get(
                "CHROMIUM", "/usr/bin/chromium")),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, timeout=BROWSER_S)
        assert done.returncode == 0, done.stderr
        for (suffix, situation, _), line in zip(
                files, done.stdout.splitlines()):
            cls.found[suffix, situation] = json.loads(line)

    def opened(self, suffix):
        for (of, situation), result in self.found.items():
            if of != suffix:
                continue
            with self.subTest(situation):
                self.assertNotIn("error", result)
                self.assertEqual(result["said"], [])
                yield situation, result["found"]

    def test_maxgraph_finds_every_cable_glued_at_both_ends(self):
        for situation, cells in self.opened("drawio"):
            ids = [c["id"] for c in cells]
            self.assertEqual(len(ids), len(set(ids)))
            cables = [c for c in cells
                      if c["edge"] and c["id"].startswith("c-")]
            loose = [c for c in cables if not (c["source"] and c["target"])]
            # What leads out of the drawing has one end.
            self.assertGreater(len(cables), len(loose))
            if situation == "each":
                self.assertEqual([c["id"] for c in loose], ["c-stub"])
            for cell in cells:
                self.assertTrue(cell["parent"] or cell["id"] == "0")

    def test_maxgraph_finds_things_in_things(self):
        cells = self.found["drawio", "rack"]["found"]
        parents = {c["id"]: c["parent"] for c in cells}
        self.assertEqual(parents["b-nic:esx-07/vmnic3"], "b-host:esx-07")
        self.assertEqual(parents["b-group:esx-07/PG-WEB"],
                         "b-vswitch:esx-07/dvs-prod")

    def test_excalidraw_keeps_every_binding(self):
        for _, elements in self.opened("excalidraw"):
            boxes = {e["id"]: e for e in elements}
            for e in elements:
                if not e["id"].startswith("c-"):
                    continue
                ends = [e[b]["elementId"]
                        for b in ("startBinding", "endBinding") if e[b]]
                self.assertTrue(ends)
                for end in ends:
                    self.assertIn({"id": e["id"], "type": "arrow"},
                                  boxes[end]["boundElements"])

    def test_excalidraw_is_given_as_many_bindings_as_it_keeps(self):
        given = json.loads(write("rack", "excalidraw"))["elements"]
        kept = self.found["excalidraw", "rack"]["found"]
        count = [sum(1 for e in elements for b in ("startBinding",
                 "endBinding") if e.get(b)) for elements in (given, kept)]
        self.assertEqual(count[0], count[1])
        self.assertGreater(count[0], 40)

    def test_mermaid_draws_all_of_it_and_runs_nothing(self):
        for situation, found in self.opened("mmd"):
            self.assertEqual(found["type"], "flowchart-v2")
            self.assertEqual(found["scripts"], 0)
            if situation == "rack":
                self.assertIn(
                    "carries 130<br>- - demarc - -<br>needs 120, 130"
                    "<br>finding 2", found["claims"])


if __name__ == "__main__":
    unittest.main()
