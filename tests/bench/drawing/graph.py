#!/usr/bin/env python3
"""graph.py NODES SEED PREFIX - a data centre's graph, as a database gives it.

Two cores; pairs of switches with 8 to 14 hosts each; hosts with 2 or 4 NICs on
one or two vSwitches, 1 to 4 port groups on each, 1 to 9 machines; one machine
in seven hangs on two port groups, one cable in 25 is in a wrong switch.  Nodes
and edges come in no order.

PREFIX.graph: "NODES EDGES HOSTS", then "rank host" for each node, then
"upper lower" for each edge.  Ranks: 0 core, 1 switch, 2 NIC, 3 vSwitch, 4 port
group, 5 machine; the host is -1 above rank 2.
PREFIX.dot: the same for dot, each host a cluster.
"""
import random
import sys

CORE, SWITCH, NIC, VSWITCH, GROUP, MACHINE = range(6)
MISCABLED = .04
TWO_GROUPS = .15


class Graph:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.nodes, self.edges, self.hosts = [], [], 0

    def node(self, rank, host=-1):
        self.nodes.append((rank, host))
        return len(self.nodes) - 1

    def pair(self, cores):
        both = [self.node(SWITCH), self.node(SWITCH)]
        self.edges += [(core, one) for one in both for core in cores]
        return both

    def host(self, pair, pairs):
        host, self.hosts = self.hosts, self.hosts + 1
        nics = [self.node(NIC, host)
                for _ in range(self.chance.choice([2, 2, 4]))]
        for place, nic in enumerate(nics):
            switch = pair[place % 2]
            if self.chance.random() < MISCABLED:
                switch = self.chance.choice(self.chance.choice(pairs))
            self.edges.append((switch, nic))
        groups = []
        for first in range(0, len(nics), 2):
            vswitch = self.node(VSWITCH, host)
            self.edges += [(nic, vswitch) for nic in nics[first:first + 2]]
            for _ in range(self.chance.randint(1, 4)):
                groups.append(self.node(GROUP, host))
                self.edges.append((vswitch, groups[-1]))
        for _ in range(self.chance.randint(1, 9)):
            self.machine(host, groups)

    def machine(self, host, groups):
        it = self.node(MACHINE, host)
        count = 2 if self.chance.random() < TWO_GROUPS else 1
        on = self.chance.sample(groups, min(count, len(groups)))
        self.edges += [(group, it) for group in on]

    def grow(self, count):
        cores = [self.node(CORE), self.node(CORE)]
        pairs, left = [], 0
        while len(self.nodes) < count:
            if left == 0:
                pairs.append(self.pair(cores))
                left = self.chance.randint(8, 14)
            self.host(pairs[-1], pairs)
            left -= 1

    def shuffle(self):
        order = list(range(len(self.nodes)))
        self.chance.shuffle(order)
        place = {old: new for new, old in enumerate(order)}
        self.nodes = [self.nodes[old] for old in order]
        self.edges = [(place[a], place[b]) for a, b in self.edges]
        self.chance.shuffle(self.edges)


def write_graph(graph, path):
    with open(path, "w") as out:
        print(len(graph.nodes), len(graph.edges), graph.hosts, file=out)
        for node in graph.nodes:
            print(*node, file=out)
        for edge in graph.edges:
            print(*edge, file=out)


def write_dot(graph, path):
    inside = {}
    for place, (_, host) in enumerate(graph.nodes):
        inside.setdefault(host, []).append(place)
    with open(path, "w") as out:
        print("digraph g {\nnode [shape=box]; edge [dir=none];", file=out)
        for host, places in inside.items():
            nodes = " ".join("%d;" % place for place in places)
            if host >= 0:
                nodes = "subgraph cluster_%d { %s }" % (host, nodes)
            print(nodes, file=out)
        for edge in graph.edges:
            print("%d -> %d;" % edge, file=out)
        print("}", file=out)


def main():
    count, seed, prefix = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    graph = Graph(seed)
    graph.grow(count)
    graph.shuffle()
    write_graph(graph, prefix + ".graph")
    write_dot(graph, prefix + ".dot")


main()
