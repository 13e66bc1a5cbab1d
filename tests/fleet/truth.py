"""What is true of a fleet at a moment, as far as its hosts have told by then.

    pictures, and when each was told -> [truth] -> what a collector must answer

Written from schema/api.yaml, with none of the collector's code.
"""
import bisect
import collections
import re

from physical import NATIVE_VLAN, TTL_S, last_heard

SILENT_S = 180
STATES = ("current", "stale", "ended")
NAMED_MOST = 4

Standing = collections.namedtuple("Standing", "state switch port")
NOTHING = Standing("silent", None, None)


def plain(text):
    """How names are compared."""
    return re.sub(r"[-_.:\s]", "", text).lower()


class Told:
    """Everything that one host has told, in order."""

    def __init__(self, host):
        self.host = host
        self.picture_times, self.pictures = [], []
        self.times = []

    def add(self, now, picture=None):
        self.times.append(now)
        if picture:
            self.picture_times.append(now)
            self.pictures.append(picture)

    def at(self, when):
        """Its picture at that time and when it last spoke; None: never."""
        told = bisect.bisect_right(self.picture_times, when)
        if told == 0:
            return None, None
        spoke = self.times[bisect.bisect_right(self.times, when) - 1]
        return self.pictures[told - 1], spoke

    def last_word_on(self, nic, heard, when, now):
        """When the host last told of what a NIC hears, until 'now', of all
        times in a row from 'when' on."""
        last = when
        for told in range(bisect.bisect_right(self.picture_times, when),
                          len(self.pictures) + 1):
            end = self.picture_times[told] if told < len(self.pictures) \
                else now + 1
            last = self.times[bisect.bisect_left(
                self.times, min(end, now + 1)) - 1]
            if end > now or not any(
                    h._replace(first=heard.first) == heard
                    for h in self.pictures[told].nics[nic].hears):
                break
        return last


class Known:
    """One host at a moment."""

    def __init__(self, told, now, asked_at):
        self.told, self.now, self.asked_at = told, now, asked_at
        self.picture, self.spoke = told.at(now)
        picture, spoke = self.picture, self.spoke
        self.host, self.name = picture.host, picture.host.name
        self.silent = now - spoke > SILENT_S
        self.standings = [self.standing(n) for n in range(4)]
        self.texts = [port_text(s) if s.switch else None
                      for s in self.standings]
        self.group_of = {(g.vswitch, g.name): g for g in picture.groups}

    def last_heard(self, nic, heard):
        """Of a claim that was said again later, it is only known that it was
        true when the host had last spoken."""
        last = last_heard(self.host, nic, heard, self.spoke)
        if self.now >= self.asked_at:
            return last
        word = self.told.last_word_on(nic, heard, self.now, self.asked_at)
        if last_heard(self.host, nic, heard, word) > self.spoke:
            return self.spoke
        return last_heard(self.host, nic, heard, word)

    def state_of(self, nic, heard):
        if heard.ended is not None:
            return "ended"
        last = self.last_heard(nic, heard)
        said = self.picture.nics[nic]
        if self.silent or self.now > last + TTL_S[heard.protocol] or \
                not said.carrier or (said.changed or 0) > last:
            return "stale"
        return "current"

    def standing(self, nic):
        """The switch port that the NIC hangs on, as far as it is known."""
        hears = self.picture.nics[nic].hears
        states = [self.state_of(nic, h) for h in hears]
        for state in STATES:
            of_it = [h for h, s in zip(hears, states) if s == state]
            if of_it:
                best = max(of_it, key=lambda h: h.ended or 0)
                return Standing(state, best.switch, best.port)
        return NOTHING

    def uplinks(self, vnic):
        """The NICs, by number, that a vNIC may leave by; None: untold."""
        group = self.group_of.get((vnic.vswitch, vnic.group))
        members = self.picture.vswitches.get(vnic.vswitch)
        if members is None:
            return None
        return [n for n in members if not group or n not in group.unused]

    def ways(self, machine):
        """NICs by number, each once, of all vNICs of a machine."""
        out = []
        for vnic in machine.vnics:
            out += [n for n in self.uplinks(vnic) or [] if n not in out]
        return out

    def carries(self, nic, vlan):
        said = self.picture.nics[nic]
        if self.silent:
            return "unknown"
        if not said.carrier:
            return "no"
        standing = self.standings[nic]
        # Of two protocols that speak, LLDP alone names VLANs.
        lldp = any(h.protocol == "lldp" and
                   self.state_of(nic, h) == "current" for h in said.hears)
        if standing.state == "current" and lldp and \
                vlan in standing.switch.vlans:
            return "yes"
        return "unknown"


def port_text(standing):
    return "%s on %s" % (standing.switch.port_brief(standing.port),
                         standing.switch.brief)


def answer_of(known, nics):
    """The line that answers where these NICs go, and how current it is."""
    for state in STATES:
        texts = [port_text(known.standings[n]) for n in nics
                 if known.standings[n].state == state]
        if texts:
            more = len(texts) - NAMED_MOST
            return (", ".join(texts[:NAMED_MOST]) +
                    (" and %d more" % more if more > 0 else ""), state)
    return None, None


class Truth:
    """The whole fleet at a moment; 'asked_at' is later, if it is past."""

    def __init__(self, told, now, asked_at=0):
        self.now = now
        self.hosts = {one.host.name: Known(one, now, asked_at)
                      for one in told if one.at(now)[0]}
        self.machines = [(k, m) for k in self.hosts.values()
                         for m in k.picture.machines]
        self.claims = [(k, n, h, k.state_of(n, h))
                       for k in self.hosts.values() for n in range(4)
                       for h in k.picture.nics[n].hears]
        self.names = [plain(m.name) for _, m in self.machines]
        self.of_mac, self.of_port = (collections.defaultdict(list)
                                     for _ in range(2))
        for known, machine in self.machines:
            for vnic in machine.vnics:
                self.of_mac[vnic.mac].append((known, vnic))
        for known in self.hosts.values():
            for n, nic in enumerate(known.picture.nics):
                self.of_port[known.standings[n][1:]].append((
                    STATES.index(known.standings[n].state)
                    if nic.hears else None, "%s %s" % (known.name, nic.name)))

    # ---- find --------------------------------------------------------------

    def by_mac(self, mac):
        """Titles of vNICs and NICs with the MAC, and their answers."""
        return [("vnic", "%s %s" % (known.name, vnic.name),
                 *answer_of(known, known.uplinks(vnic) or []))
                for known, vnic in self.of_mac[mac]]

    def by_nic_mac(self, mac):
        return [("nic", "%s %s" % (k.name, k.picture.nics[n].name),
                 *answer_of(k, [n]))
                for k in self.hosts.values() for n in range(4)
                if k.picture.nics[n].mac == mac]

    def by_machine_name(self, text):
        """Title, answer, state, exact?, for each machine whose name has the
        text in it."""
        asked, out = plain(text), []
        for name, (known, machine) in zip(self.names, self.machines):
            if asked in name:
                first = plain(machine.name.split(".")[0])
                out.append((machine.name, known.name,
                            *answer_of(known, known.ways(machine)),
                            asked in (name, first)))
        return out

    def on_port(self, switch, port):
        """Who hangs on a switch port: (state, "host nic")."""
        return sorted(self.of_port[switch, port])

    # ---- paths -------------------------------------------------------------

    def legs(self, known, machine):
        """One for each way out of each vNIC; None where a hop is unknown."""
        for vnic in machine.vnics:
            group = known.group_of.get((vnic.vswitch, vnic.group))
            head = (known.name, machine.name, vnic.mac, vnic.group,
                    vnic.vswitch)
            for nic in known.uplinks(vnic) or [None]:
                if nic is None:
                    yield head + (None, None, None, None)
                    continue
                standing = known.standings[nic]
                yield head + (
                    known.picture.nics[nic].name, standing.state,
                    port_text(standing) if standing.switch else None,
                    known.carries(nic, group.vlan)
                    if group and group.vlan else None)

    def paths_by_name(self, name):
        return sorted((str(leg) for k, m in self.machines if m.name == name
                       for leg in self.legs(k, m)))

    def homes(self, uuid):
        """Where a machine may be said to be: of two hosts that both show it
        the one that reports and runs it."""
        found = [(k, m) for k, m in self.machines if m.uuid == uuid]
        rank = [2 * (not k.silent) + (m.state != "off") for k, m in found]
        return [f for f, r in zip(found, rank) if r == max(rank)]

    # ---- lists -------------------------------------------------------------

    def host_lines(self, state=None, switch=None, text=None):
        for known in self.hosts.values():
            here = [s for s in known.standings if s.state == "current"]
            switches = {s.switch.brief for s in here}
            if (state and state != ("silent" if known.silent else "current")
                    or switch and switch not in switches
                    or text and text not in known.name):
                continue
            yield (known.name, known.silent, 4, len(here),
                   tuple(sorted(switches)))

    def vm_lines(self, host=None, state=None, vlan=None, text=None):
        for known, machine in self.machines:
            groups = [known.group_of.get((v.vswitch, v.group))
                      for v in machine.vnics]
            if (host and host != known.name or
                    state and state != machine.state or
                    vlan and not any(g and g.vlan == vlan for g in groups) or
                    text and text not in machine.name):
                continue
            yield (machine.name, known.name, machine.state, known.silent,
                   tuple(sorted(known.texts[n] for n in known.ways(machine)
                                if known.standings[n].state == "current")))

    def vlan_lines(self):
        """id -> vNICs that need it, hosts, ports that tell it."""
        lines = collections.defaultdict(lambda: [0, set(), set()])
        for known in self.hosts.values():
            for group in known.picture.groups:
                if group.vlan:
                    lines[group.vlan][1].add(known.name)
        for known, machine in self.machines:
            for vnic in machine.vnics:
                group = known.group_of.get((vnic.vswitch, vnic.group))
                if group and group.vlan:
                    lines[group.vlan][0] += 1
        for _, _, heard, state in self.claims:
            if state != "current":
                continue
            named = heard.switch.vlans if heard.protocol == "lldp" else ()
            for vlan in (NATIVE_VLAN, *named):
                lines[vlan][2].add((heard.switch, heard.port))
        return sorted((vlan, vnics, len(hosts), len(ports))
                      for vlan, (vnics, hosts, ports) in lines.items())

    def switch_lines(self, state=None):
        """name, ports that anybody ever heard, hosts that hang on it."""
        seen = collections.defaultdict(lambda: [set(), set(), set()])
        for known, nic, heard, how in self.claims:
            line = seen[heard.switch]
            line[0].add(heard.port)
            line[2].add(STATES.index(how))
            if known.standings[nic] == Standing("current", heard.switch,
                                                heard.port):
                line[1].add(known.name)
        for switch, (ports, hosts, states) in seen.items():
            if state in (None, STATES[min(states)]):
                yield switch.name, len(ports), len(hosts), STATES[min(states)]

    def switch_ports(self, switch):
        """brief name -> who hangs on it."""
        ports = {h.port for _, _, h, _ in self.claims if h.switch is switch}
        return sorted((switch.port_brief(p), tuple(sorted(
            (who, STATES[how]) for how, who in self.on_port(switch, p))))
            for p in ports)
