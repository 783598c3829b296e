"""May an address be asked, in whatever way it is spelt?"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.errors import Refused
from firsthand.fetching import is_address
from firsthand.fetching.addresses import read_address
from firsthand.fetching.networks import find_refusal, read_number, read_spelling

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９。")
INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]
INNER_SIX = [
    "::",
    "::1",
    "::7f00:1",
    "0:0:0:0:0:0:0:1",
    "0000:0000:0000:0000:0000:0000:0000:0000",
    "::127.0.0.1",
    "::169.254.169.254",
    "::FFFF:A9FE:A9FE",
    "0:0:0:0:0:ffff:127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::192.168.0.1",
    "64:ff9b:1:a9fe:a9:fe00::",
    "fd20:ce::254",
    "febf::1",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:5db8:d70e::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "3fff::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "5f00::1",
    "4000::1",
]


def spell(number: int, style: int) -> str:
    """Spell a number of 32 bits in one of the ways that inet_aton takes."""
    four = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255]
    return {
        0: ".".join(map(str, four)),
        1: str(number),
        2: f"0x{number:x}",
        3: f"0{number:o}",
        4: ".".join(f"0x{one:X}" for one in four),
        5: ".".join(f"0{one:o}" for one in four),
        6: f"{four[0]}.{number & 0xFFFFFF}",
        7: f"{four[0]}.0x{four[1]:x}.{number & 0xFFFF}",
        8: ".".join(f"{one:03o}".zfill(12) for one in four),
        9: ".".join(map(str, four)).translate(WIDE),
        10: f"0X{number:08X}".translate(WIDE),
    }[style]


numbers = st.integers(0, 2**32 - 1)
styles = st.integers(0, 10)
inner = st.sampled_from(INNER).map(lambda text: int(IPv4Address(text)))


@settings(deadline=None)
@given(inner, styles, st.sampled_from(["", "."]), st.sampled_from(["", ":80", ":443", ":"]))
def test_an_inner_address_is_refused_in_every_spelling(number, style, dot, port):
    with pytest.raises(Refused, match="only public addresses"):
        read_address(f"http://{spell(number, style)}{dot}{port}/")


@settings(deadline=None)
@given(numbers, styles)
def test_every_spelling_of_a_number_is_that_number_or_refused(number, style):
    address = IPv4Address(number)
    if find_refusal(address):
        with pytest.raises(Refused):
            read_address(f"https://{spell(number, style)}/")
    else:
        assert read_address(f"https://{spell(number, style)}/").host == str(address)


@settings(deadline=None)
@given(numbers)
def test_a_number_in_ipv6_clothes_is_judged_by_what_it_carries(number):
    plain = find_refusal(IPv4Address(number))
    assert find_refusal(IPv6Address((0xFFFF << 32) + number)) == plain
    assert find_refusal(IPv6Address((0x64FF9B << 96) + number)) == plain
    assert find_refusal(read_number(f"::ffff:{IPv4Address(number)}")) == plain


@settings(deadline=None)
@given(numbers.map(IPv4Address) | st.integers(0, 2**128 - 1).map(IPv6Address))
def test_nothing_that_python_calls_inner_is_public(number):
    if number.is_private or number.is_multicast or number.is_reserved or number.is_link_local:
        assert find_refusal(number) or number in IPv6Network("64:ff9b::/96") or number in IPv6Network("::ffff:0:0/96")


@pytest.mark.parametrize("text", INNER_SIX)
def test_an_inner_ipv6_address_is_refused(text):
    with pytest.raises(Refused):
        read_address(f"http://[{text}]/")
    assert find_refusal(IPv6Address(text))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://quay.example/",
        "gopher://quay.example/",
        "javascript://quay.example/%0aalert(1)",
        "data://text/plain,x",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "//quay.example/",
        "quay.example",
        "http:quay.example",
        "http:///page",
        "http://",
        "http://:80/",
        "http://quay.example:22/",
        "http://quay.example:8080/",
        "http://quay.example:0/",
        "http://quay.example:99999/",
        "http://quay.example:８０/",
        "http://anna@quay.example/",
        "http://anna:secret@quay.example/",
        "http://quay.example@127.0.0.1/",
        "http://127.0.0.1#@quay.example/",
        "http://127.0.0.1?@quay.example/",
        "http://127.0.0.1\\@quay.example/",
        "http://quay.example\\@127.0.0.1/",
        "http://quay.example/\r\nX-Evil: 1",
        "http://quay\t.example/",
        "http://quay.ex\x00ample/",
        "http://quay .example/",
        "http://quay%2eexample/",
        "http://%31%32%37.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1",
        "http://::1/",
        "http://[::1].quay.example/",
        "http://[::ffff:7f00:1]:80/",
        "http://[v1.fe80]/",
        "http://[127.0.0.1]/",
        "http://1.2.3.4.5/",
        "http://1.2.3.0x7f.example.0x/",
        "http://256.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://0x/",
        "http://quay..example/",
        "http://.quay.example/",
        "http://-quay.example/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://db.localhost/",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://loca\u217chost/",
        "http://ⓛocalhost/",
        "http://localhost../",
        "http://localhost\u3002/",
        "http://localhost\uff0e/",
        "http://127.0.0.1../",
        "http://[::1]:8080/",
        "http://[::1]@quay.example/",
        "http://[fe80::1%lo]:80/",
        "http://[::ffff:127.0.0.1%25lo]/",
        "http://[::1%00]/",
        "http://0x7f000001.:80/",
        "http://017700000001/",
        "http://0000000000000000177.0.0.1/",
        "http://127.0x0.00.01/",
        "http://169.16689662/",
        "http://kubernetes.default.svc.cluster.local/",
        "http://instance-data.ec2.internal/",
        "http://printer/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://nas.home.arpa/",
        "http://abc.onion/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://127.0.0.1\u00ad/",
        "http://quay℀example/",
        "http://" + "a." * 200 + "example/",
        "http://" + "a" * 64 + ".example/",
        "http://quay.example/" + "a" * 9000,
    ],
)
def test_what_leads_elsewhere_than_it_seems_is_refused(url):
    with pytest.raises(Refused):
        read_address(url)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://Quay.Example", "http://quay.example/"),
        ("HTTP://quay.example.:80/a#b", "http://quay.example/a"),
        ("https://quay.example:443/a?b=c d", "https://quay.example/a?b=c%20d"),
        ("https://quay.example:80/", "https://quay.example:80/"),
        ("http://bücher.example/größe", "http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"),
        ("http://a_b.quay.example/%7Ea%2Fb", "http://a_b.quay.example/%7Ea%2Fb"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://[::ffff:93.184.215.14]/", "http://93.184.215.14/"),
        ("http://quay.example/a/./b/../c", "http://quay.example/a/c"),
        ("http://quay.example/a/%2E%2e/%2e/..", "http://quay.example/"),
        ("http://quay.example/../../a/..", "http://quay.example/"),
        ("http://quay.example//a//b/./", "http://quay.example//a//b/"),
        ("http://quay.example?q=/../a", "http://quay.example/?q=/../a"),
        ("http://7.example/", "http://7.example/"),
        ("http://0x7f.example/", "http://0x7f.example/"),
    ],
)
def test_a_public_address_has_one_plain_spelling(url, plain):
    assert read_address(url).url == plain
    assert read_address(plain).url == plain


def test_a_port_may_be_asked_once_it_is_named():
    assert read_address("http://quay.example:8080/a", ports={8080}).url == "http://quay.example:8080/a"
    with pytest.raises(Refused, match="--port 8081"):
        read_address("http://quay.example:8081/a", ports={8080})


def test_a_relative_address_starts_from_the_one_that_led_to_it():
    base = read_address("https://quay.example/a/b?c")
    assert read_address("../d", base=base).url == "https://quay.example/d"
    assert read_address("//other.example/e", base=base).url == "https://other.example/e"
    with pytest.raises(Refused):
        read_address("//127.0.0.1/", base=base)


def test_a_password_is_not_repeated_in_the_complaint():
    with pytest.raises(Refused) as refused:
        read_address("http://anna:secret@quay.example/")
    assert "secret" not in str(refused.value)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_in_plain_ascii_or_refused(text):
    for url in (text, f"http://{text}", f"http://{text}.example/{text}"):
        try:
            address = read_address(url)
        except Refused:
            continue
        assert address.url.isascii() and address.url.isprintable() and " " not in address.url
        assert read_address(address.url) == address


@settings(deadline=None)
@given(st.text(alphabet="0123456789abcdefxX.", min_size=1, max_size=30))
def test_a_host_of_digits_is_a_number_or_a_name_or_wrong_but_never_a_crash(host):
    try:
        number = read_spelling(host)
    except ValueError:
        return
    assert number is None or 0 <= int(number) < 2**32


pieces = (
    st.integers(0, 300).map(str)
    | st.integers(0, 2**33).map(str)
    | st.integers(0, 2**33).map(lambda number: f"0{number:o}")
    | st.integers(0, 2**33).map(lambda number: f"0x{number:X}")
    | st.sampled_from(["", "0", "00", "08", "0x", "0X1", "0xg", "a", "-1", "+1", "1e1"])
)


@settings(deadline=None)
@given(st.lists(pieces, min_size=1, max_size=5).map(".".join))
def test_what_the_system_takes_for_a_number_is_never_taken_for_a_name(host):
    try:
        system = socket.inet_aton(host)
    except OSError:
        return
    try:
        number = read_spelling(host)
    except ValueError:
        return
    assert number is not None and number.packed == system


def test_a_path_of_a_file_is_no_address():
    assert is_address("http://quay.example/") and is_address("FILE:///etc/passwd")
    assert not any(map(is_address, ["pages/a.html", "C:\\pages", "-", "http:/x", "a b://c", "reports/http://x"]))
