"""Which addresses may be connected to, and what the host of a URL means."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.captures.addresses import BadAddress, read_host, read_target, refusal_of

NAT64 = ip_network("64:ff9b::/96")
GLOBAL = ip_network("2000::/3")
REFUSED = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "100.64.0.1": "shared",
    "100.100.100.200": "shared",
    "100.127.255.255": "shared",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "168.63.129.16": "metadata",
    "169.254.169.254": "link_local",
    "169.254.170.2": "link_local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.192": "reserved",
    "192.0.2.1": "documentation",
    "192.88.99.1": "tunnel",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmarking",
    "198.51.100.7": "documentation",
    "203.0.113.9": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "unspecified",
    "::1": "loopback",
    "::127.0.0.1": "reserved",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:169.254.169.254": "link_local",
    "::ffff:0:127.0.0.1": "reserved",
    "64:ff9b::10.0.0.1": "private",
    "64:ff9b::169.254.169.254": "link_local",
    "64:ff9b:1::8.8.8.8": "reserved",
    "100::1": "reserved",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": "tunnel",
    "2001:10::1": "tunnel",
    "2001:db8::1": "documentation",
    "2002:7f00:1::1": "tunnel",
    "2002:808:808::1": "tunnel",
    "2a00:1450:4001:800:0:5efe:7f00:1": "tunnel",
    "3fff::1": "documentation",
    "4000::1": "reserved",
    "fc00::1": "private",
    "fd00:ec2::254": "private",
    "fd20:ce::254": "private",
    "fe80::1": "link_local",
    "fe80::1%1": "zone",
    "2a00:1450:4001::1%eth0": "zone",
    "fec0::1": "private",
    "ff02::1": "multicast",
}
OPEN = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "168.63.129.15", "169.253.255.255", "172.15.255.255",
    "172.32.0.0", "192.0.1.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2606:4700::1111", "2a00:1450:4001:800::200e", "2001:4860:4860::8888", "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
)  # fmt: skip


@pytest.mark.parametrize(("address", "why"), REFUSED.items())
def test_no_address_that_is_not_one_public_host_is_connected_to(address, why):
    assert refusal_of(ip_address(address)) == why


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses_are_connected_to(address):
    assert refusal_of(ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_refused_and_mapped_forms_are_judged_alike(address):
    refused = refusal_of(address)
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert refused is not None
    assert refusal_of(IPv6Address(f"::ffff:{address}")) == refused
    assert refusal_of(IPv6Address(f"64:ff9b::{address}")) == refused
    assert refusal_of(IPv6Address((0x2002 << 112) | (int(address) << 80))) is not None


@given(st.ip_addresses(v=6))
def test_no_address_outside_global_unicast_is_open(address):
    if refusal_of(address) is None:
        assert not any((address.is_loopback, address.is_link_local, address.is_multicast))
        assert address.is_global or address.ipv4_mapped or address in NAT64
        assert address in GLOBAL or address.ipv4_mapped or address in NAT64


LOOPBACK_SPELLINGS = (
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.1",
    "0177.0.0.1", "0177.0.0.01", "017700000001", "0x7f.0x0.0x0.0x1", "127.0.0.0x1", "00000177.1",
    "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1",
)  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
def test_every_spelling_of_an_address_is_that_address(host):
    assert read_host(host) == ("127.0.0.1", IPv4Address("127.0.0.1"))
    target = read_target(f"http://{host}/x")
    assert target.url == "http://127.0.0.1/x"


@given(st.integers(0, 2**32 - 1), st.data())
def test_decimal_octal_and_hexadecimal_spellings_agree(value, data):
    address = IPv4Address(value)
    parts = [int(part) for part in str(address).split(".")]
    count = data.draw(st.integers(1, 4))
    last = int.from_bytes(bytes(parts[count - 1 :]), "big")
    numbers = [*parts[: count - 1], last]
    write = st.sampled_from([str, hex, lambda n: f"0{n:o}", lambda n: hex(n).upper()])
    host = ".".join(data.draw(write)(number) for number in numbers)
    assert read_host(host)[1] == address


BAD_HOSTS = (
    "", ".", "..", "a..b", ".a", "256.1.1.1", "1.2.3.4.5", "127.0.0.256", "4294967296", "08.1.1.1",
    "-a.test", "a-.test", "a" * 64 + ".test", "a." * 130 + "test",
    "a%2eb.test", "127.0.0.1%00.test", "a b.test", "a\\b.test", "a@b", "a<b", "xn--\u0444.test",
    "\u00ad", "a\u2100b",
)  # fmt: skip


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_what_is_no_host_is_refused(host):
    with pytest.raises(BadAddress):
        read_host(host)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "url"),
        ("http://a.test/ b", "url"),
        ("http://a.test/\n", "url"),
        ("http://a.test\\@b.test/", "url"),
        ("http://" + "a" * 9000, "url"),
        ("ftp://a.test/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1:6379/_x", "scheme"),
        ("//a.test/", "scheme"),
        ("http:///x", "host"),
        ("http://user@a.test/", "user"),
        ("http://user:secret@a.test/", "user"),
        ("http://@a.test/", "user"),
        ("http://a.test:0/", "port"),
        ("http://a.test:22/", "port"),
        ("http://a.test:8080/", "port"),
        ("http://a.test:99999/", "host"),
        ("http://a.test:x/", "host"),
        ("http://[::1%25lo]/", "host"),
        ("http://[fe80::1%eth0]/", "host"),
        ("http://[::1/", "host"),
        ("http://[v1.x]/", "host"),
    ],
)
def test_what_is_no_address_is_refused_with_a_code(url, code):
    with pytest.raises(BadAddress) as refused:
        read_target(url)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://News.Test", "http://news.test/"),
        ("http://news.test:80/a?b=c&utm_source=x", "http://news.test/a?b=c&utm_source=x"),
        ("https://news.test:443/", "https://news.test/"),
        ("http://news.test:443/", "http://news.test:443/"),
        (
            "http://новини.test/шлях?q=є",
            "http://xn--b1amarcd.test/%D1%88%D0%BB%D1%8F%D1%85?q=%D1%94",
        ),
        ("http://news.test./x", "http://news.test/x"),
        ("http://news.test/a%2Fb%zz", "http://news.test/a%2Fb%zz"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://a_b.news.test/", "http://a_b.news.test/"),
    ],
)
def test_an_address_is_asked_as_it_was_written(url, asked):
    assert read_target(url).url == asked


@given(st.text(max_size=40))
def test_any_text_is_a_target_in_ascii_or_refused(text):
    try:
        target = read_target(f"http://{text}")
    except BadAddress:
        return
    assert target.url.isascii()
    assert target.port in (80, 443) or refusal_of(target.address)
    assert not set(target.host) & set("%@/\\ ")
    assert read_target(target.url).host == target.host


def test_a_port_is_open_to_test_hosts_only():
    hosts = frozenset(("news.test",))
    assert read_target("http://news.test:8123/", any_port=hosts).port == 8123
    with pytest.raises(BadAddress):
        read_target("http://other.test:8123/", any_port=hosts)
