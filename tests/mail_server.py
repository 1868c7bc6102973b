"""A small SMTP server on this machine that keeps what it is given and refuses what it is told to refuse."""

import email
import email.policy
import socketserver
import threading

import pytest


class Kept(socketserver.ThreadingTCPServer):
    """`mails`: [(envelope recipients, message)]; `refuse`: {address: b"550 no"} answers to RCPT TO."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails, self.refuse = [], {}


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b"220 sink")
        recipients = []
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word in (b"EHLO", b"HELO", b"MAIL", b"RSET", b"NOOP"):
                recipients = [] if word == b"MAIL" else recipients
                self.say(b"250 ok")
            elif word == b"RCPT":
                address = line.decode().split("<")[1].split(">")[0]
                answer = self.server.refuse.get(address, b"250 ok")
                if answer.startswith(b"250"):
                    recipients.append(address)
                self.say(answer)
            elif word == b"DATA":
                self.say(b"354 go on")
                self.server.mails.append((recipients, self.read_message()))
                self.say(b"250 kept")
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"500 what")

    def read_message(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def say(self, line):
        self.wfile.write(line + b"\r\n")


@pytest.fixture(scope="session")
def _mail_server():
    with Kept() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def smtp(_mail_server, settings):
    """The server, empty, and the product set up to send to it."""
    _mail_server.mails.clear()
    _mail_server.refuse.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = _mail_server.server_address
    return _mail_server
