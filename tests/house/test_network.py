"""The network is off in tests: what reaches out fails at once, here and in what a test starts."""

import socket
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket")


def test_a_test_cannot_reach_another_host() -> None:
    with socket.socket() as wire, pytest.raises(SocketConnectBlockedError):
        wire.connect(("192.0.2.1", 80))


def test_a_test_cannot_fetch_an_address() -> None:
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(SocketConnectBlockedError):
        straight.open("http://192.0.2.1/", timeout=1)


def test_a_test_may_speak_to_its_own_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as wire,
    ):
        assert wire.getpeername() == server.getsockname()
