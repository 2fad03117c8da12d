"""A real doccano server, on loopback and with SQLite, takes both forms in and writes them out again; what it writes comes
back as the same tags.

    check.py FOLDER
"""

import http.cookiejar
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import importlib.util

from common import check, document, found, relations, slots, tags, taken_in

BACKEND = Path(importlib.util.find_spec("backend").origin).parent
LIMIT = 240


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """doccano in a home of its own: its web server and its queue of tasks."""

    def __init__(self, home):
        self.address = f"http://127.0.0.1:{free_port()}"
        self.home = home
        self.environment = os.environ | {
            "DOCCANO_HOME": home,
            "STANDALONE": "True",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "DATABASE_URL": f"sqlite:///{home}/db.sqlite3",
            "MEDIA_ROOT": f"{home}/media",
            "PYTHONPATH": str(BACKEND),
        }
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.token = ""
        self.processes = []

    def __enter__(self):
        for command in (["migrate"], ["create_roles"], ["create_admin", "--noinput", "--username=admin", "--password=interop-only", "--email=interop@example.org"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=BACKEND, env=self.environment, check=True, capture_output=True)
        bind = self.address.removeprefix("http://")
        self.start("web", ["-m", "gunicorn", "config.wsgi", "--bind", bind, "--workers", "1"])
        self.start("tasks", ["-m", "celery", "--app=config", "worker", "--concurrency=1", "--loglevel=info", "--pool=solo"])
        self.until(lambda: self.call("/v1/auth/login/", {"username": "admin", "password": "interop-only"}))
        return self

    def start(self, name, arguments):
        log = open(f"{self.home}/{name}.log", "wb")
        self.processes.append(subprocess.Popen([sys.executable, *arguments], cwd=BACKEND, env=self.environment, stdout=log, stderr=log))

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(30)

    def until(self, ready):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                answer = ready()
                if answer is not None:
                    return answer
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.5)
        raise TimeoutError("doccano does not answer")

    def call(self, path, data=None, body=None, kind="application/json", raw=False):
        body = json.dumps(data).encode() if data is not None else body
        request = urllib.request.Request(self.address + path, body, {"Content-Type": kind, "Referer": self.address})
        for cookie in self.cookies():
            if cookie.name == "csrftoken":
                request.add_header("X-CSRFToken", cookie.value)
        with self.opener.open(request, timeout=60) as answer:
            body = answer.read()
            return body if raw else json.loads(body) if body[:1] in b"{[" else body.decode()

    def cookies(self):
        return next(h for h in self.opener.handlers if isinstance(h, urllib.request.HTTPCookieProcessor)).cookiejar

    def upload(self, path):
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="filepond"; filename="{path.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        body = head.encode() + path.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self.call("/v1/fp/process/", body=body, kind=f"multipart/form-data; boundary={edge}")

    def round_trip(self, path, relations):
        """What the server writes out of a file."""
        project = self.call("/v1/projects", {
            "name": path.name, "description": "interop", "guideline": "", "project_type": "SequenceLabeling",
            "resourcetype": "SequenceLabelingProject", "random_order": False, "collaborative_annotation": True,
            "single_class_classification": False, "allow_overlapping": True, "grapheme_mode": False,
            "use_relation": relations, "tags": [],
        })["id"]
        wanted = {"format": "JSONL", "task": "RelationExtraction" if relations else "SequenceLabeling", "uploadIds": [self.upload(path)]}
        wanted |= {"column_data": "text", "column_label": "label", "delimiter": "", "encoding": "utf_8"}
        task = self.call(f"/v1/projects/{project}/upload", wanted)["task_id"]
        status = self.until(lambda: (s := self.call(f"/v1/tasks/status/{task}"))["ready"] and s or None)
        errors = [status["error"]["text"]] if status["error"] else status["result"]["error"]
        form = "JSONL(Relation)" if relations else "JSONL"
        forms = [each["name"] for each in self.call(f"/v1/projects/{project}/download-format")]
        form = form if form in forms else "JSONL"
        task = self.call(f"/v1/projects/{project}/download", {"format": form, "exportApproved": False})["task_id"]
        self.until(lambda: self.call(f"/v1/tasks/status/{task}")["ready"] or None)
        return self.call(f"/v1/projects/{project}/download?taskId={task}", raw=True), errors


def unpacked(data, folder):
    """The files of an archive, those with something in them."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return [path for path in sorted(Path(folder).rglob("*.jsonl")) if path.stat().st_size]


with tempfile.TemporaryDirectory() as home, Server(home) as server:
    for name in ("doccano", "doccano-relations"):
        source = Path(home, f"{name}.jsonl")
        source.write_bytes(found(name)[0].read_bytes())
        data, errors = server.round_trip(source, name == "doccano-relations")
        check(f"{name}: doccano takes the file in", errors)
        with tempfile.TemporaryDirectory() as folder:
            paths = unpacked(data, folder)
            if os.environ.get("KEEP"):
                Path(os.environ["KEEP"], f"{name}.jsonl").write_bytes(paths[0].read_bytes())
            back = taken_in(*paths)
        ours = tags(document(), status=False)
        check(f"{name}: what it writes comes back as the same tags", [] if tags(back, status=False) == ours else sorted(set(tags(back, status=False)) ^ set(ours)) or ["other counts"])
        titles = [[article["title"] for article in each["articles"] if article["title"]] for each in (back, document())]
        known = set(titles[1]) - set(titles[0])
        check(f"{name}: and the articles with their titles", known)
        if name == "doccano-relations":
            check(f"{name}: and who takes part", [] if slots(back) == slots(document()) else [slots(back), slots(document())])
            bare = [relations(each, status=False) for each in (back, document())]
            check(f"{name}: and the relations", [] if bare[0] == bare[1] else bare)
