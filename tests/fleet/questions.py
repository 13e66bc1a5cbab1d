"""Random questions, what is true of them, and what a collector says.

    truth, collector -> [questions] -> disagreements, with both views

A question is a path with parameters, and two values that must be equal: one
from the truth, one picked from the answer.
"""
import urllib.parse

from truth import STATES

SHOWN = 100


def mac_in_some_notation(mac, chance):
    digits = mac.replace(":", "")
    return chance.choice((
        mac, mac.upper(), mac.replace(":", "-"), digits,
        ".".join(digits[i:i + 4] for i in (0, 4, 8))))


def hits(answer, *kinds):
    return [h for h in answer["hits"] if h["kind"] in kinds]


def hit_line(hit):
    state = hit["state"]
    return (hit["kind"], hit["title"], hit.get("answer"),
            state if hit.get("answer") else None)


def neighbor_text(neighbor):
    if not neighbor:
        return None
    return "%s on %s" % (neighbor["port"]["short_name"],
                         neighbor["switch"]["short_name"])


def leg_line(leg):
    nic = leg["nic"]
    group = leg["port_group"]
    if "unknown" in nic:
        cable = (None,) * 4
    else:
        carries = [c["verdict"] for c in leg["carries"] if "vlan" in c]
        cable = (nic["name"], nic["state"], neighbor_text(leg["neighbor"]),
                 carries[0] if carries else None)
    return str((leg["host"]["name"], leg["workload"]["name"],
                leg["vnic"]["mac"], group.get("name"),
                leg["vswitch"][0].get("name")) + cable)


class Questions:
    """Asks one after another; 'wrong' holds what did not agree."""

    def __init__(self, ask, chance):
        self.ask_it, self.chance = ask, chance
        self.truth = self.at = None
        self.wrong, self.asked = [], 0
        self.kinds = [getattr(self, name) for name in dir(self)
                      if name.startswith("about_")]
        chance.shuffle(self.kinds)

    def about(self, truth, count, at=None):
        """Of each kind in turn; 'at' None: of now."""
        self.truth, self.at = truth, at
        for _ in range(count):
            self.kinds.append(self.kinds.pop(0))
            self.kinds[-1]()

    def ask(self, path, status=200, **arguments):
        if self.at is not None:
            arguments["at"] = self.at
        if arguments:
            path += "?" + urllib.parse.urlencode(arguments)
        self.path = path
        got, answer = self.ask_it("/api/v1/" + path)
        if got != status:
            self.differ("status %d" % status, "status %d: %s" % (
                got, answer.get("detail")))
            return None
        return answer

    def differ(self, true, said):
        self.wrong.append((self.path, true, said))

    def same(self, true, said):
        self.asked += 1
        if true != said:
            self.differ(true, said)

    def pages(self, name, **filters):
        """A whole list, in one go or page by page."""
        limit = self.chance.choice((None, 7, 50))
        if limit:
            limit += len(self.truth.machines) // 8
            filters["limit"] = limit
        answer = self.ask(name, **filters)
        lines, count = [], answer and answer["count"]
        while answer:
            lines += answer[name]
            if "next" not in answer:
                break
            self.path = answer["next"]
            answer = self.ask_it(self.path)[1]
        if count is not None and count != len(lines):
            self.differ("%d in all" % count, "%d on all pages" % len(lines))
        return lines

    def any_machine(self):
        return self.chance.choice(self.truth.machines)

    def any_claim(self):
        return self.chance.choice(self.truth.claims)

    # ---- find --------------------------------------------------------------

    def about_a_mac(self):
        _, machine = self.any_machine()
        mac = self.chance.choice(machine.vnics).mac
        answer = self.ask("find", q=mac_in_some_notation(mac, self.chance))
        if answer:
            self.same(sorted(self.truth.by_mac(mac), key=str),
                      sorted(map(hit_line, hits(answer, "vnic")), key=str))

    def about_a_nic_mac(self):
        known = self.chance.choice(list(self.truth.hosts.values()))
        mac = self.chance.choice(known.picture.nics).mac
        answer = self.ask("find", q=mac_in_some_notation(mac, self.chance))
        if answer:
            self.same(self.truth.by_nic_mac(mac),
                      list(map(hit_line, hits(answer, "nic"))))

    def about_a_mac_of_nobody(self):
        answer = self.ask("find", q="06:00:00:%02x:00:01" %
                          self.chance.randrange(256))
        if answer:
            self.same(0, answer["count"])

    def find_machines(self, text):
        """Every name with the text in it is a hit, and nothing else is."""
        answer = self.ask("find", q=text)
        if not answer:
            return
        true = self.truth.by_machine_name(text)
        self.same(len(true), answer["count"])
        said = [(h["title"], h["host"], *hit_line(h)[2:], h["exact"])
                for h in hits(answer, "vm")]
        if len(true) <= SHOWN:
            self.same(sorted(true, key=str), sorted(said, key=str))
        else:
            self.same((SHOWN, set()), (len(said), set(said) - set(true)))
        exact = [line[-1] for line in said]
        self.same(sorted(exact, reverse=True), exact)

    def about_a_machine(self):
        self.find_machines(self.any_machine()[1].name)

    def about_a_prefix(self):
        name = self.any_machine()[1].name.split(".")[0]
        self.find_machines(name[:self.chance.randint(
            name.index("-") + 3, len(name))])

    def about_a_part(self):
        name = self.any_machine()[1].name.split(".")[0]
        dash = name.rindex("-")
        self.find_machines(name[dash - self.chance.randint(1, 2):
                                self.chance.randint(dash + 4, len(name))])

    def about_a_port(self):
        _, _, heard, _ = self.any_claim()
        switch, port = heard.switch, heard.port
        words = [self.chance.choice((switch.brief, switch.name)),
                 self.chance.choice((switch.port_name, switch.port_brief))(port)]
        self.chance.shuffle(words)
        answer = self.ask("find", q=" ".join(words))
        if not answer:
            return
        on_it = self.truth.on_port(switch, port)
        now = [who for state, who in on_it if STATES[state] == "current"]
        best = [who for state, who in on_it if state == on_it[0][0]]
        said = [(h["title"], STATES.index(h["state"]) if h["state"] in STATES
                 else None, h.get("answer")) for h in hits(answer, "port")
                if h["exact"]]
        self.same(1, len(said))
        if said:
            self.same(("%s %s" % (switch.brief, switch.port_brief(port)),
                       on_it[0][0] if on_it else None), said[0][:2])
            names = set((said[0][2] or "").split(", ")) - {""}
            self.same((True, True), (names >= set(now), names <= set(
                now or best)))

    # ---- paths -------------------------------------------------------------

    def about_a_path(self):
        _, machine = self.any_machine()
        answer = self.ask("path", of=machine.name)
        if answer:
            self.same(self.truth.paths_by_name(machine.name),
                      sorted(map(leg_line, answer["legs"])))

    def about_one_vm(self):
        _, machine = self.any_machine()
        answer = self.ask("vms/" + machine.uuid)
        if not answer:
            return
        homes = {k.name: (k, m) for k, m in self.truth.homes(machine.uuid)}
        said = answer["vm"]["host"]
        self.same((True, machine.name), (said in homes, answer["vm"]["name"]))
        if said in homes:
            known, machine = homes[said]
            self.same((sorted(map(str, self.truth.legs(known, machine)))),
                      sorted(map(leg_line, answer["legs"])))

    # ---- lists -------------------------------------------------------------

    def about_hosts(self):
        known = self.chance.choice(list(self.truth.hosts.values()))
        _, _, heard, _ = self.any_claim()
        filters = self.chance.choice((
            {}, {"state": "silent"}, {"state": "current"},
            {"switch": heard.switch.brief}, {"text": known.name[-3:]},
            {"text": known.name}, {"text": "hv"}))
        lines = self.pages("hosts", **renamed(filters))
        self.same(sorted(self.truth.host_lines(**filters)), sorted(
            (h["name"], h["silent"], h["nics"], h["nics_with_neighbor"],
             tuple(sorted(h["switches"]))) for h in lines
            if filters.get("text", "") in h["name"]))

    def about_vms(self):
        known, machine = self.any_machine()
        vlan = self.chance.choice([g.vlan for g in known.picture.groups])
        filters = self.chance.choice((
            {}, {"host": known.name}, {"state": "off"},
            {"vlan": vlan} if vlan else {}, {"text": machine.name[:7]},
            {"text": machine.name}, {"host": known.name, "state": "running"}))
        self.same(sorted(self.truth.vm_lines(**filters)), sorted(
            (v["name"], v["host"], v["state"], v["silent"],
             tuple(sorted(v["switches"])))
            for v in self.pages("vms", **renamed(filters))))

    def about_vlans(self):
        self.same(self.truth.vlan_lines(), sorted(
            (v["id"], v["needed_by"], v["hosts"], v["told_on_ports"])
            for v in self.pages("vlans")))

    def about_one_vlan(self):
        lines = self.truth.vlan_lines()
        line = self.chance.choice(lines)
        answer = self.ask("vlans/%d" % line[0])
        if answer:
            vlan = answer["vlan"]
            self.same(line, (vlan["id"], vlan["needed_by"], vlan["hosts"],
                             vlan["told_on_ports"]))

    def about_switches(self):
        filters = self.chance.choice(({}, {}, {"state": "current"},
                                      {"state": "stale"}))
        self.same(sorted(self.truth.switch_lines(**filters)), sorted(
            (s["name"], s["ports_seen"], s["hosts"], s["state"])
            for s in self.pages("switches", **filters)))

    def about_one_switch(self):
        _, _, heard, _ = self.any_claim()
        switch = heard.switch
        answer = self.ask("switches/" + self.chance.choice((
            switch.brief, switch.name, switch.address)))
        if answer:
            self.same(self.truth.switch_ports(switch), sorted(
                (p["short_name"], tuple(sorted(
                    (("%s %s" % (h["host"], h["nic"])), h["state"])
                    for h in p["hosts"]), )) for p in answer["ports"]))

    def about_one_host(self):
        known = self.chance.choice(list(self.truth.hosts.values()))
        answer = self.ask("hosts/" + self.chance.choice(
            (known.name, known.host.id)))
        if not answer:
            return
        self.same(
            (known.silent, [(n.name, s.state, s.switch and "%s on %s" % (
                s.switch.port_brief(s.port), s.switch.brief))
                for n, s in zip(known.picture.nics, known.standings)],
             sorted(m.name for m in known.picture.machines),
             sorted(g.name for g in known.picture.groups)),
            (answer["host"]["silent"],
             [(n["name"], n["state"], neighbor_text(n["neighbor"]))
              for n in answer["nics"]],
             sorted(w["name"] for w in answer["workloads"]),
             sorted(g["name"] for g in answer["port_groups"])))


def renamed(filters):
    """'text' is called q on the wire."""
    return {"q" if name == "text" else name: value
            for name, value in filters.items()}
