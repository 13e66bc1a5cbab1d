"""The stand-in for a vCenter, asked by hand: it is what its README says."""
import http.cookiejar
import re
import unittest
import urllib.error
import urllib.request

from vcenter import PASSWORD, USER, VCenter
from world import World

PROPERTIES = {
    "HostSystem": ["name", "config.network.pnic", "config.network.opaqueSwitch",
                   "config.network.portgroup", "configManager.networkSystem"],
    "VirtualMachine": ["name", "runtime.host", "config.hardware.device"],
    "DistributedVirtualPortgroup": ["config"],
}
ENVELOPE = """<e:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>%s</e:Body>
</e:Envelope>"""


class Client:
    """Calls of SOAP; gives replies as they are."""

    def __init__(self, url):
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def call(self, method, kind, this, words=""):
        body = ENVELOPE % (
            '<%s xmlns="urn:vim25"><_this type="%s">%s</_this>%s</%s>' % (
                method, kind, this, words, method))
        request = urllib.request.Request(self.url, body.encode(), {
            "Content-Type": "text/xml; charset=utf-8"})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as why:
            return why.read().decode()

    def login(self, password=PASSWORD):
        return self.call("Login", "SessionManager", "SessionManager",
                         "<userName>%s</userName><password>%s</password>" %
                         (USER, password))

    def collector(self, method, words):
        return self.call(method, "PropertyCollector", "propertyCollector",
                         words)

    def view(self):
        reply = self.call(
            "CreateContainerView", "ViewManager", "ViewManager",
            '<container type="Folder">group-d1</container>' + "".join(
                "<type>%s</type>" % one for one in PROPERTIES) +
            "<recursive>true</recursive>")
        return re.search("<returnval[^>]*>([^<]*)", reply).group(1)

    def spec(self):
        return "".join(
            "<propSet><type>%s</type><all>false</all>%s</propSet>" % (
                kind, "".join("<pathSet>%s</pathSet>" % one for one in paths))
            for kind, paths in PROPERTIES.items()) + (
                '<objectSet><obj type="ContainerView">%s</obj><skip>true'
                '</skip><selectSet xsi:type="TraversalSpec"><name>v</name>'
                "<type>ContainerView</type><path>view</path><skip>false"
                "</skip></selectSet></objectSet>" % self.view())

    def read(self, most=20):
        return self.collector(
            "RetrievePropertiesEx", "<specSet>%s</specSet><options><maxObjects>"
            "%d</maxObjects></options>" % (self.spec(), most))

    def more(self, reply):
        token = re.search("<token>(.*?)<", reply)
        return token and self.collector(
            "ContinueRetrievePropertiesEx", "<token>%s</token>" %
            token.group(1))

    def wait(self, version, seconds=2, most=30):
        return self.collector(
            "WaitForUpdatesEx", "<version>%s</version><options><maxWaitSeconds>"
            "%d</maxWaitSeconds><maxObjectUpdates>%d</maxObjectUpdates>"
            "</options>" % (version, seconds, most))


def version_of(reply):
    return re.search("<version>(.*?)<", reply).group(1)


class StandIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.vcenter = VCenter(cls.world)
        cls.client = Client(cls.vcenter.url)
        cls.client.login()

    def test_pages_tell_every_object_once(self):
        names, reply = [], self.client.read()
        while reply:
            self.assertLessEqual(reply.count("<objects>"), 20)
            names += re.findall("<name>name</name><val[^>]*>([^<]*)", reply)
            reply = self.client.more(reply)
        truth = self.vcenter.truth()
        self.assertEqual(sorted(names), sorted(
            one["name"] for one in truth["hosts"] + truth["machines"]))

    def test_what_a_host_has_not_is_left_out(self):
        reply = self.client.read(1000)
        self.assertEqual(reply.count("<name>config.network.pnic<"), 8)
        self.assertEqual(reply.count("<name>config.network.opaqueSwitch<"), 1)

    def test_nobody_reads_without_a_session(self):
        stranger = Client(self.vcenter.url)
        self.assertIn("NotAuthenticated", stranger.collector(
            "RetrievePropertiesEx", "<specSet/>"))
        self.assertIn("InvalidLogin", stranger.login("wrong"))

    def test_updates_come_in_parts_and_a_lost_one_again(self):
        client = Client(self.vcenter.url)
        client.login()
        client.collector("CreateFilter", "<spec>%s</spec><partialUpdates>false"
                         "</partialUpdates>" % client.spec())
        version, told, reply = "", 0, client.wait("")
        while "<truncated>true" in reply:
            told += reply.count("<objectSet>")
            version = version_of(reply)
            reply = client.wait(version)
            self.assertEqual(client.wait(version), reply)
        told += reply.count("<objectSet>")
        self.assertEqual(told, 8 + 80 + 6)
        self.vcenter.do("move", vm="vm1-00003", host="esx1-0005")
        moved = client.wait(version_of(reply))
        self.assertIn("<name>runtime.host</name>", moved)
        self.assertNotIn("config.hardware", moved)
        self.assertIn("InvalidCollectorVersion", client.wait("4711"))

    def test_hints_are_of_the_nics_that_are_asked_for(self):
        system = re.search('type="HostNetworkSystem">([^<]*)',
                           self.client.read(1000)).group(1)
        said = self.client.call("QueryNetworkHint", "HostNetworkSystem",
                                system)
        self.assertEqual(said.count("<connectedSwitchPort>"), 2)
        self.assertEqual(said.count("<lldpInfo>"), 4)
        said = self.client.call("QueryNetworkHint", "HostNetworkSystem",
                                system, "<device>vmnic2</device>")
        self.assertEqual(re.findall("<device>(.*?)<", said), ["vmnic2"])


if __name__ == "__main__":
    unittest.main()
