"""What happens to a site: the hour of churn, some seconds at a time.

    site, now -> [happen] -> hosts that have something new to tell

Rates are a host's and an hour's, higher than a data centre's.
"""
from physical import GROUP_VLANS

RATES = {  # times a host and an hour
    "new_machine": 3.0, "gone_machine": 3.0, "power": 2.0, "move_machine": 2.0,
    "retag": 0.7, "flap": 1.0, "move_cable": 0.7, "fall_silent": 0.25,
    "change_rack": 0.1,
}
FLAP_S = 40
SILENT_S = (240, 900)
MACHINES_MOST = 60


class Life:
    def __init__(self, site):
        self.site, self.random = site, site.random
        self.counts = dict.fromkeys(RATES, 0)
        self.later = []     # when, what to do, host
        self.silent = {}    # host -> until when
        self.calm = False   # nobody falls silent
        self.to_free = {}   # host -> ports that are free when it has told

    def pass_time(self, now, seconds):
        """Gives the hosts that changed."""
        changed = set()
        for entry in [e for e in self.later if e[0] <= now]:
            self.later.remove(entry)
            entry[1](entry[2], entry[3], now)
            changed.add(entry[2])
        for host, until in list(self.silent.items()):
            if until <= now:
                del self.silent[host]
                changed.add(host)
        share = seconds / 3600
        for what, rate in RATES.items():
            for _ in range(self.how_often(rate * share *
                                          len(self.site.hosts))):
                host = self.random.choice(self.site.hosts)
                changed.update(getattr(self, what)(host, now) or ())
                self.counts[what] += 1
        return changed

    def how_often(self, mean):
        return int(mean) + (self.random.random() < mean - int(mean))

    def told(self, host):
        """The host has told all: ports that it has left are free."""
        for taken in self.to_free.pop(host, ()):
            self.site.release(taken)

    # ---- machines ----------------------------------------------------------

    def any_machine(self, host):
        return self.random.choice(list(host.machines.values())) \
            if host.machines else None

    def new_machine(self, host, _now):
        if len(host.machines) < MACHINES_MOST:
            self.site.add_machine(host)
        return [host]

    def gone_machine(self, host, _now):
        machine = self.any_machine(host)
        if machine:
            del host.machines[machine.uuid]
        return [host]

    def power(self, host, _now):
        machine = self.any_machine(host)
        if machine:
            off = machine.state == "running"
            host.machines[machine.uuid] = machine._replace(
                state="off" if off else "running", vnics=tuple(
                    v._replace(connected=not off) for v in machine.vnics))
        return [host]

    def move_machine(self, host, _now):
        """To another host of the kind; for a while one of them alone may
        have told of it."""
        machine = self.any_machine(host)
        others = [h for h in self.site.hosts
                  if h.kind == host.kind and h is not host]
        if not machine or not others:
            return []
        other = self.random.choice(others)
        del host.machines[machine.uuid]
        self.site.place(other, machine, [v.mac for v in machine.vnics])
        return [host, other] if self.random.random() < 0.8 else [other]

    def retag(self, host, _now):
        """A port group gets another VLAN, and its name with it."""
        old = self.random.choice(host.vlans)
        new = self.random.choice([v for v in GROUP_VLANS
                                  if v not in host.vlans])
        before = host.group_name(old)
        host.vlans[host.vlans.index(old)] = new
        host.vlans.sort()
        for uuid, machine in host.machines.items():
            host.machines[uuid] = machine._replace(vnics=tuple(
                v._replace(vswitch=host.vswitch_of(new),
                           group=host.group_name(new))
                if v.group == before else v for v in machine.vnics))
        return [host]

    # ---- cables ------------------------------------------------------------

    def flap(self, host, now):
        nic = self.random.randrange(4)
        if not host.cables[nic] or not host.carrier[nic]:
            return []
        switch, port = host.cables[nic]
        self.site.lose(host, nic, now)
        host.changed[nic] = now
        self.later.append((now + FLAP_S, self.link_up,
                           host, (nic, switch, port)))
        return [host]

    def link_up(self, host, what, now):
        nic, switch, port = what
        if host.cables[nic] != (switch, port):
            return  # moved meanwhile
        switch.free.append(port)
        free, switch.free = switch.free, [port]
        self.site.plug(host, nic, now)
        switch.free = [p for p in free if p != port]
        host.changed[nic] = now

    def pull(self, host, nic, now):
        taken = self.site.pull(host, nic, now)
        if taken:
            self.to_free.setdefault(host, []).append(taken)
        host.changed[nic] = now

    def move_cable(self, host, now):
        nic = self.random.randrange(4)
        if host.cables[nic]:
            self.pull(host, nic, now)
            if self.random.random() < 0.8:
                self.site.plug(host, nic, now)
        else:
            self.site.plug(host, nic, now)
            host.changed[nic] = now
        return [host]

    def change_rack(self, host, now):
        racks = [r for r in range(len(self.site.racks)) if r != host.rack and
                 all(len(s.free) > 12 for s in self.site.racks[r])]
        if not racks:
            return []
        for nic in range(4):
            self.pull(host, nic, now)
        host.rack = self.random.choice(racks)
        for nic in range(4):
            self.site.plug(host, nic, now)
        return [host]

    # ---- silence -----------------------------------------------------------

    def fall_silent(self, host, now):
        """It lives on, and tells nothing."""
        if not self.calm:
            self.silent.setdefault(host, now + self.random.randint(*SILENT_S))
        return []
