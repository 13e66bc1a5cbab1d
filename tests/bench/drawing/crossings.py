#!/usr/bin/env python3
"""crossings.py GRAPH PLACES - how many edges cross, from rank to rank.

Edges are straight lines between the middles of nodes; those with a common end
do not cross.  PLACES is what `dot -Tplain` writes, or lines "node x".
"""
import sys


def read_graph(path):
    with open(path) as lines:
        nodes, edges, _ = map(int, next(lines).split())
        ranks = [int(next(lines).split()[0]) for _ in range(nodes)]
        return ranks, [tuple(map(int, next(lines).split()))
                       for _ in range(edges)]


def read_places(path):
    places = {}
    for line in open(path):
        words = line.split()
        if words and words[0] == "node":
            places[int(words[1])] = float(words[2])
        elif len(words) == 2 and words[0].isdigit():
            places[int(words[0])] = float(words[1])
    return places


def inversions(ends):
    """Pairs (a, b), (c, d) with a < c and b > d: a tree of sums over b."""
    numbers = {low: n + 1 for n, low in enumerate(sorted({b for _, b in ends}))}
    tree = [0] * (len(numbers) + 1)
    crossings = seen = 0
    ends.sort()
    begin = 0
    while begin < len(ends):
        end = begin
        while end < len(ends) and ends[end][0] == ends[begin][0]:
            end += 1
        for _, low in ends[begin:end]:
            place, before = numbers[low], 0
            while place:
                before += tree[place]
                place &= place - 1
            crossings += seen - before
        for _, low in ends[begin:end]:
            place = numbers[low]
            while place < len(tree):
                tree[place] += 1
                place += place & -place
        seen += end - begin
        begin = end
    return crossings


def main():
    ranks, edges = read_graph(sys.argv[1])
    places = read_places(sys.argv[2])
    by_rank = {}
    for upper, lower in edges:
        by_rank.setdefault(ranks[upper], []).append(
            (places[upper], places[lower]))
    print(sum(inversions(ends) for ends in by_rank.values()))


main()
