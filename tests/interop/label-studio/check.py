"""A real Label Studio server, on loopback and with SQLite, takes the tasks and their configuration in and writes them out
again; what it writes comes back as the same tags.

    check.py FOLDER
"""

import http.cookiejar
import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from common import check, document, found, relations, slots, tags, taken_in

LIMIT = 300
USER = {"email": "interop@example.org", "password": "interop-only-1"}


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    def __init__(self, home):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.home = home
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def __enter__(self):
        environment = os.environ | {
            "LABEL_STUDIO_BASE_DATA_DIR": self.home, "LATEST_VERSION_CHECK": "0", "COLLECT_ANALYTICS": "0",
            "SENTRY_DSN": "", "DJANGO_DB": "sqlite", "LABEL_STUDIO_HOST": self.address,
        }
        command = [
            str(Path(sys.executable).parent / "label-studio"), "start", "--no-browser", "--internal-host", "127.0.0.1",
            "--port", str(self.port), "--username", USER["email"], "--password", USER["password"],
        ]
        self.log = open(f"{self.home}/server.log", "wb")
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + LIMIT
        while True:
            try:
                self.log_in()
                return self
            except (urllib.error.URLError, ConnectionError, AttributeError) as error:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise TimeoutError(f"Label Studio does not answer: {error}: {Path(self.home, 'server.log').read_text()[-600:]}")
                time.sleep(1)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def log_in(self):
        page = self.call("/user/login/", raw=True).decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = urllib.parse.urlencode(USER | {"csrfmiddlewaretoken": token}).encode()
        self.call("/user/login/", body=form, kind="application/x-www-form-urlencoded", raw=True)
        self.call("/api/current-user/whoami")

    def call(self, path, data=None, body=None, kind="application/json", raw=False):
        body = json.dumps(data).encode() if data is not None else body
        request = urllib.request.Request(self.address + path, body, {"Content-Type": kind, "Referer": self.address})
        for cookie in self.jar:
            if cookie.name == "csrftoken":
                request.add_header("X-CSRFToken", cookie.value)
        try:
            with self.opener.open(request, timeout=120) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            print(f"{path}: {error}: {error.read()[:400]!r}", file=sys.stderr)
            raise
        return body if raw else json.loads(body)


files = {path.name: path for path in found("label-studio")}
tasks = json.loads(files["tasks.json"].read_text(encoding="utf-8"))
with tempfile.TemporaryDirectory() as home, Server(home) as server:
    config = files["labeling_config.xml"].read_text(encoding="utf-8")
    project = server.call("/api/projects", {"title": "interop", "label_config": config})["id"]
    answer = server.call(f"/api/projects/{project}/import", tasks)
    check("Label Studio takes the tasks and their configuration in", [] if answer.get("task_count") == len(tasks) else [answer])
    data = server.call(f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true", raw=True)
    short = server.call(f"/api/projects/{project}/export?exportType=JSON_MIN&download_all_tasks=true", raw=True)
    # Its export has no predictions: they are with the tasks.
    predicted = {each["id"]: each["predictions"] for each in server.call(f"/api/tasks?project={project}&fields=all&page_size=100")["tasks"]}
    rows = json.loads(data)
    for row in rows:
        row["predictions"] = predicted.get(row["id"], [])
    with tempfile.TemporaryDirectory() as folder:
        path, brief = Path(folder, "export.json"), Path(folder, "brief.json")
        path.write_text(json.dumps(rows), encoding="utf-8")
        brief.write_bytes(short)
        if os.environ.get("KEEP"):
            Path(os.environ["KEEP"], "label-studio.json").write_bytes(path.read_bytes())
            Path(os.environ["KEEP"], "label-studio-min.json").write_bytes(short)
        back, least = taken_in(path), taken_in(brief)
ours = document()
check("what it writes comes back as the same tags", [] if tags(back) == tags(ours) else sorted(set(tags(back)) ^ set(tags(ours))) or ["other counts"])
check("and who takes part", [] if slots(back) == slots(ours) else [slots(back), slots(ours)])
# Those between an accepted tag and a suggestion are told to be left out.
status = {(a["text"], t["start"], t["end"]): t["status"] for a in ours["articles"] for t in a["mentions"]}
joined = [row for row in relations(ours) if status[row[0], *row[2]] == status[row[0], *row[3]]]
check("and the relations", [] if relations(back) == joined else [relations(back), joined])
names = [{each["name"] for each in document["entities"] if each["mentions"]} for document in (back, ours)]
check("and whom the tags name", names[0] ^ names[1])
accepted = [tag for tag in tags(ours) if tag[4] == "accepted"]
check("its short form comes in too", [] if tags(least) == accepted else sorted(set(tags(least)) ^ set(accepted)) or ["other counts"])
