"""What two collectors on one PostgreSQL find of one host."""
import time
import unittest

from stores import database_of_test
from test_findings import Sender, findings
from world import Collector, World, until

STORES = ("postgresql",)


class Several(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.database = database_of_test(cls.world.dir)

    def test_collectors_on_one_database_find_it_once(self):
        two = [Collector(self.world, name, database=self.database)
               for name in ("one", "two")]
        sender = Sender("shared")
        sender.post(two[0], True)
        for collector in two:
            until("both find it", 10, lambda c=collector: findings(c, "shared"))
        ids = [findings(c, "shared")[0]["id"] for c in two]
        self.assertEqual(ids[0], ids[1])
        time.sleep(2.1)
        was = findings(two[1], "shared", "&at=%d" % (int(time.time()) - 1))
        self.assertEqual([f["id"] for f in was], ids[:1])
        sender.post(two[1], False)
        for collector in two:
            until("both close it", 10, lambda c=collector: not findings(
                c, "shared"))


if __name__ == "__main__":
    unittest.main()
