"""The answer of demarc path, as names that a test can write down itself."""
import json
import time


def leg(one):
    """What hangs on what; "?" where demarc does not know."""
    neighbor = one.get("neighbor") or {}
    port = "?"
    if neighbor.get("state") == "current":
        port = "%s on %s" % (neighbor["port"]["short_name"],
                             neighbor["switch"]["short_name"])
    uplink = one.get("uplink") or {}
    return (one["vnic"]["name"], one["port_group"]["name"],
            " ".join(switch["name"] for switch in one["vswitch"]),
            uplink.get("name", "?"), one["nic"].get("name", "?"),
            uplink.get("member_state", "?"), port)


def legs(collector, of):
    """All legs, in order; none when there is nothing of this name."""
    answer = collector.demarc("path", "--json", of)
    assert answer.returncode in (0, 1), answer.stderr
    if answer.returncode == 1:
        return []
    # A device on no virtual switch has no vNIC; its host is named then.
    return sorted(leg(one) for one in json.loads(answer.stdout)["legs"]
                  if one["vnic"])


def right(ask, wanted, limit):
    """Whoever asks 'limit' seconds from now gets the right answer: nothing
    wrong, nothing missing.  Gives how soon that is so; how long an answer
    takes does not count, since in an emulated machine that is a second."""
    begun = time.time()
    while True:
        asked = time.time() - begun
        answer = ask()
        if answer == wanted:
            return asked
        assert asked < limit, "%.1f s after the change: %r, not %r" % (
            asked, answer, wanted)
        time.sleep(0.02)
