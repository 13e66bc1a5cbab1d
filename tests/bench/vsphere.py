#!/usr/bin/env python3
"""demarc-vsphere at a large vCenter, beside what the same octets cost anyway.

The vCenter is the stand-in of tests/vcenter with HOSTS hosts (default 1000)
and MACHINES machines (default 10000), over TLS; the collector is a real one.

Bound: curl fetches the same objects with the same properties in one reply, and
expat goes through them without looking.  CPU is that of whole processes with
their children; VmHWM is the most that a process ever had.

Environment: HOSTS MACHINES IDLE=60 (seconds at rest) BUILD
"""
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "tests/integration"))

from vcenter import PASSWORD, USER, VCenter, Vsphere, certificate  # noqa: E402
from world import Collector, until  # noqa: E402

HOSTS = int(os.environ.get("HOSTS", 1000))
MACHINES = int(os.environ.get("MACHINES", 10000))
IDLE_S = int(os.environ.get("IDLE", 60))

PROPERTIES = {
    "HostSystem": [
        "name", "runtime.connectionState", "hardware.systemInfo",
        "config.product", "configManager.networkSystem"] + [
            "config.network." + part for part in (
                "pnic", "vswitch", "portgroup", "proxySwitch", "vnic",
                "opaqueSwitch", "opaqueNetwork")],
    "VirtualMachine": [
        "name", "config.instanceUuid", "config.uuid", "runtime.host",
        "runtime.powerState", "config.hardware.device"],
    "DistributedVirtualSwitch": ["name", "uuid", "config"],
    "DistributedVirtualPortgroup": ["name", "key", "config"],
}
ENVELOPE = """<e:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>%s</e:Body>
</e:Envelope>"""
EXPAT = """import sys, xml.parsers.expat
xml.parsers.expat.ParserCreate().ParseFile(open(sys.argv[1], "rb"))"""


class Place:
    """What the tests' helpers need of a world: a folder, and an end."""

    def __init__(self, folder):
        self.dir, self.processes = folder, []

    def keep(self, process):
        self.processes.append(process)
        return process

    def close(self):
        for process in reversed(self.processes):
            process.stop(signal.SIGKILL)


def spent(command):
    """CPU seconds and seconds of a command and its children."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime -
            before.ru_stime, time.time() - begun)


class Curl:
    """Calls of SOAP by curl, into a file."""

    def __init__(self, url, cert, folder):
        self.url, self.cert = url, cert
        self.body, self.reply, self.jar = (os.path.join(folder, name)
                                           for name in ("body", "reply", "jar"))

    def call(self, method, kind, this, words=""):
        with open(self.body, "w") as file:
            file.write(ENVELOPE % (
                '<%s xmlns="urn:vim25"><_this type="%s">%s</_this>%s</%s>' % (
                    method, kind, this, words, method)))
        return spent(["curl", "-s", "--cacert", self.cert, "-b", self.jar,
                      "-c", self.jar, "-H", "Content-Type: text/xml", "-o",
                      self.reply, "--data-binary", "@" + self.body, self.url])

    def all(self):
        """Everything in one reply; gives what that took."""
        self.call("Login", "SessionManager", "SessionManager",
                  "<userName>%s</userName><password>%s</password>" %
                  (USER, PASSWORD))
        self.call("CreateContainerView", "ViewManager", "ViewManager",
                  '<container type="Folder">group-d1</container>' + "".join(
                      "<type>%s</type>" % one for one in PROPERTIES) +
                  "<recursive>true</recursive>")
        with open(self.reply) as file:
            view = file.read().split("</returnval>")[0].split(">")[-1]
        sets = "".join("<propSet><type>%s</type><all>false</all>%s</propSet>" % (
            kind, "".join("<pathSet>%s</pathSet>" % one for one in paths))
                       for kind, paths in PROPERTIES.items())
        return self.call(
            "RetrievePropertiesEx", "PropertyCollector", "propertyCollector",
            "<specSet>%s<objectSet><obj type=\"ContainerView\">%s</obj>"
            "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>v"
            "</name><type>ContainerView</type><path>view</path><skip>false"
            "</skip></selectSet></objectSet></specSet><options/>" %
            (sets, view))


def row(what, ours, bound="-", ratio="-"):
    print("%-40s %10s %10s %8s" % (what, ours, bound, ratio), flush=True)


def measure(place):
    cert, key = certificate(place.dir, "vcenter")
    vcenter = VCenter(place, "-cert", cert, "-key", key, "-clusters", "20",
                      "-hosts", str(HOSTS // 20), "-machines",
                      str(MACHINES // 20), wait=300)
    curl = Curl(vcenter.url, cert, place.dir)
    fetch_cpu, fetch_s = curl.all()
    size = os.path.getsize(curl.reply)
    parse_cpu, parse_s = spent([sys.executable, "-c", EXPAT, curl.reply])
    start_cpu, start_s = spent([sys.executable, "-c", "import xml.parsers.expat"])
    bound_cpu = fetch_cpu + parse_cpu - start_cpu
    bound_s = fetch_s + parse_s - start_s
    collector = Collector(place)
    begun = time.time()
    vsphere = Vsphere(place, vcenter, collector, ca=cert, hint_period=300)
    until("all hosts are told", 300, lambda: len(
        collector.json("/api/v1/hosts")["hosts"]) == HOSTS, 0.2)
    told_s = time.time() - begun
    until("all hints are asked for", 600, lambda: vcenter.calls()["methods"]
          .get("QueryNetworkHint", 0) >= HOSTS, 0.5)
    hinted_s = time.time() - begun
    time.sleep(5)
    first_cpu = vsphere.cpu_s()
    print("%d hosts, %d machines, %.1f MB of XML" % (HOSTS, MACHINES,
                                                     size / 1e6))
    row("", "demarc", "curl+expat", "ratio")
    row("until the collector has all hosts, s", "%.2f" % told_s,
        "%.2f" % bound_s, "%.1f" % (told_s / bound_s))
    row("until all hosts were asked for hints, s", "%.2f" % hinted_s)
    row("CPU for both, s", "%.2f" % first_cpu, "%.2f" % bound_cpu,
        "%.1f" % (first_cpu / bound_cpu))
    row("peak RSS of demarc-vsphere, KiB", vsphere.peak_kib())
    row("peak RSS of it and its children, KiB", vsphere.peak_kib(True))
    before = vsphere.cpu_s()
    time.sleep(IDLE_S)
    row("CPU in %d s at rest, ms" % IDLE_S,
        "%.0f" % ((vsphere.cpu_s() - before) * 1000))
    calls = vcenter.calls()["methods"]
    print("calls: " + json.dumps(calls, sort_keys=True))


# The simulator writes a folder for each machine: into memory, if it may.
memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
with tempfile.TemporaryDirectory(dir=memory) as folder:
    os.chmod(folder, 0o755)
    here = Place(folder)
    try:
        measure(here)
    finally:
        here.close()
