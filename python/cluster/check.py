"""Has a cluster of two workers read articles, ends one of them in the midst, and holds the rows against those of one machine.

    make spark              (or: python/cluster/run --articles 2000 --rates 500)

1. `rubricator suggest --jsonl` reads 20,000 articles: the rows that must come out.
2. Spark's `local-cluster[2,1,1024]` reads them with four that cannot be read; once a quarter of its tasks is done, one of
   its two executors is ended by SIGKILL. Its rows must be the same to the byte, its flat tables those that follow from the
   rows, and its errors those four.
3. GNU parallel reads them by two streams: the lines must be the same.
4. The job itself, by `spark-submit`, reads Parquet and WARC.
5. Words a second of the stream and of Spark, with one core and two, in turns.

The last line says what was checked.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet

import rubricator
from rubricator import Answers

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches" / "pages"))
from prose import Prose  # noqa: E402

PROGRAM = os.environ["RUBRICATOR"]
WORK = Path(os.environ["WORK"]) / "cluster-check"
TASKS = 40
TURNS = 3


def say(words):
    print(f"cluster: {words}", flush=True)


def fail(words):
    sys.exit(f"cluster: {words}")


def articles(count):
    """Short news, each its own: id, text, date."""
    for n in range(count):
        prose = Prose(random.Random(n))
        yield {"id": f"{n:06}", "text": f"{prose.title}\n\n{prose.paragraph(2, 4)}", "date": prose.iso()}


def write(path, rows):
    with path.open("w", encoding="utf-8") as out:
        words = 0
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            words += len(row["text"].split())
    return words


def stream(requests, answers, threads):
    """The program alone; the seconds that it took."""
    start = time.monotonic()
    with requests.open("rb") as source, answers.open("wb") as out:
        environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
        subprocess.run([PROGRAM, "suggest", "--jsonl"], stdin=source, stdout=out, env=environment, check=True)
    return time.monotonic() - start


def plain(value):
    """A value of Arrow as JSON has it; what is null is not there."""
    if isinstance(value, dict):
        return {name: plain(it) for name, it in value.items() if it is not None}
    if isinstance(value, list):
        return [plain(it) for it in value]
    return value.isoformat() if isinstance(value, date) else value


def lines(rows):
    """Rows as sorted lines of bytes."""
    return sorted(json.dumps(plain(row), sort_keys=True, ensure_ascii=False).encode() for row in rows)


def digest(rows):
    return hashlib.sha256(b"\n".join(rows)).hexdigest()[:16]


def flat(answers):
    """The flat tables that follow from answers."""
    numbered = lambda column: [
        {"id": answer["id"], "n": n} | it for answer in answers for n, it in enumerate(answer.get(column) or [])
    ]
    return {
        "mentions": numbered("spans"),
        "people": numbered("people"),
        "countries": [{"id": answer["id"], "country": it} for answer in answers for it in answer["countries"]],
        "events": numbered("events"),
    }


def session(cores):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{cores},1,1024]").appName("rubricator")
    settings = {
        "spark.ui.enabled": "false",
        "spark.log.level": "OFF",
        "spark.local.dir": str(WORK / "spark"),
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def executors(application):
    """The processes of this application's executors."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in command and application.encode() in command:
            found.append(int(folder.name))
    return sorted(found)


def end_one(spark, ended):
    """Ends an executor once a quarter of the tasks of a stage of TASKS is done."""
    tracker = spark.sparkContext.statusTracker()
    while not ended.is_set():
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks == TASKS and info.numCompletedTasks >= TASKS // 4:
                before = executors(spark.sparkContext.applicationId)
                os.kill(before[0], signal.SIGKILL)
                say(f"executor {before[0]} of {before} ended, {info.numCompletedTasks} of {TASKS} tasks were done")
                ended.set()
        time.sleep(0.05)


def clustered(spark, source, out):
    """Has Spark read articles; the seconds of it."""
    from rubricator import spark as rubricator

    read = rubricator.read(spark, str(source)).repartition(TASKS)
    start = time.monotonic()
    answers = rubricator.suggest(read)
    answers.write.mode("overwrite").parquet(f"{out}/answers")
    return time.monotonic() - start


def check_spark(count, expected):
    from rubricator import spark as rubricator

    bad = ['{"id": "bad-1", "text": null}', '{"id": "bad-2"}', '{"id": "bad-3", "text": "Kenya", "date": "soon"}', '{"id": ']
    source = WORK / "with-bad.jsonl"
    lines_in = (WORK / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(lines_in)
    third = count // 3
    source.write_text("\n".join([*lines_in[:third], *bad, *lines_in[third:]]) + "\n", encoding="utf-8")
    spark = session(2)
    ended = threading.Event()
    killer = threading.Thread(target=end_one, args=(spark, ended), daemon=True)
    killer.start()
    read = rubricator.read(spark, str(source)).repartition(TASKS)
    start = time.monotonic()
    rubricator.write(rubricator.suggest(read), str(WORK / "out"))
    took = time.monotonic() - start
    if not ended.is_set():
        fail("no executor was ended: the job was done before")
    spark.stop()
    rows = {
        name: pyarrow.parquet.read_table(WORK / "out" / name).to_pylist()
        for name in ("answers", "articles", "mentions", "people", "countries", "events", "errors")
    }
    errors = {row["id"]: row["error"] for row in rows["errors"]}
    if len(rows["errors"]) != len(bad) or not all(errors.values()):
        fail(f"{len(bad)} articles cannot be read, but the errors are {errors}")
    say(f"errors: {sorted(set(errors.values()))}")
    known = pyarrow.table(Answers.read(WORK / "answers.jsonl")).schema.names
    said = lines({name: row[name] for name in known} for row in rows["answers"] if row["error"] is None)
    whole = lines(expected)
    if said != whole:
        fail(f"Spark has {len(said)} rows, {digest(said)}, and one machine {len(whole)}, {digest(whole)}")
    for name, wanted in flat(expected).items():
        if lines(rows[name]) != lines(wanted):
            fail(f"the table {name} is another")
    if len(rows["articles"]) != count + len(bad):
        fail(f"there are {len(rows['articles'])} articles")
    say(f"{count:,} rows, sha256 {digest(said)}, are those of one machine ({took:.0f} s, with the executor that was ended)")
    return digest(said), sum(len(wanted) for wanted in flat(expected).values())


def check_parallel():
    """By blocks of lines, in their order."""
    start = time.monotonic()
    command = f"parallel --will-cite --pipe --keep-order --jobs 2 --block 1M RAYON_NUM_THREADS=1 {PROGRAM} suggest --jsonl"
    with (WORK / "articles.jsonl").open("rb") as source:
        out = subprocess.run(command, shell=True, stdin=source, stdout=subprocess.PIPE, check=True).stdout
    if out != (WORK / "answers.jsonl").read_bytes():
        fail("the lines by GNU parallel are others")
    say(f"GNU parallel, two streams of one thread: the same bytes ({time.monotonic() - start:.0f} s)")


def check_job():
    """`rubricator/spark.py` as a job: every article of a Parquet file and of a WARC is answered."""
    few = list(articles(20))
    parquet, warc = WORK / "few.parquet", WORK / "few.warc"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(few), parquet)
    with warc.open("wb") as out:
        for n, article in enumerate(few):
            title, text = article["text"].split("\n\n", 1)
            page = f"<title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\n"
                f"WARC-Date: {article['date']}T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{n:012}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            out.write(head.encode() + answer + b"\r\n\r\n")
    job = Path(rubricator.__file__).with_name("spark.py")
    for source in (parquet, warc):
        command = [Path(sys.executable).with_name("spark-submit"), "--master", "local[1]", job, source, WORK / "job"]
        done = subprocess.run(command, env=os.environ | {"PYSPARK_PYTHON": sys.executable}, capture_output=True, check=False)
        counts = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}
        if counts.get("articles") != len(few) or counts.get("errors"):
            fail(f"the job reads {source.name} as {counts}: {done.stderr[-500:].decode(errors='replace')}")
    say("spark-submit: all articles of Parquet and of WARC are answered")


def rates(count):
    """Words a second by turns. What else runs on the machine only ever makes it slower: the best of each is told, and how much
    of the stream Spark reaches is the median of the turns, whose measurements stand beside each other in time.
    """
    few = WORK / "few.jsonl"
    words = write(few, articles(count))
    measured = {(what, cores): [] for what in ("stream", "Spark") for cores in (1, 2)}
    for turn in range(TURNS):
        # The bar is for two cores; one core is measured once.
        for cores in (1, 2) if turn == 0 else (2,):
            spark = session(cores)
            clustered(spark, few, WORK / "warm")  # starts the workers, each with its engine
            measured["stream", cores].append(words / stream(few, WORK / "few-answers.jsonl", cores))
            measured["Spark", cores].append(words / clustered(spark, few, WORK / "few"))
            spark.stop()
    for (what, cores), all in measured.items():
        told = ", ".join(f"{it:,.0f}" for it in all)
        say(f"{what} on {cores} {'core' if cores == 1 else 'cores'}: {max(all):,.0f} words a second (turns: {told})")
    part = statistics.median(one / other for one, other in zip(measured["Spark", 2], measured["stream", 2], strict=True))
    return max(measured["Spark", 1]), max(measured["Spark", 2]), part


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rates", type=int, default=6_000, help="articles to measure with; 0 to leave it out")
    arguments = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    words = write(WORK / "articles.jsonl", articles(arguments.articles))
    seconds = stream(WORK / "articles.jsonl", WORK / "answers.jsonl", 2)
    say(f"{arguments.articles:,} articles, {words:,} words, read by one machine in {seconds:.0f} s")
    expected = pyarrow.table(Answers.read(WORK / "answers.jsonl")).to_pylist()
    rows, more = check_spark(arguments.articles, expected)
    check_parallel()
    check_job()
    told = ""
    if arguments.rates:
        one, two, part = rates(arguments.rates)
        told = f"; Spark reads {one:,.0f} words a second on one core and {two:,.0f} on two, {part:.2f} of the stream"
    print(
        f"cluster: {arguments.articles:,} articles, an executor ended: the same rows to the byte ({rows}), {more:,} rows in flat "
        f"tables, 4 errors as rows; GNU parallel the same bytes; the job reads Parquet and WARC{told}"
    )


if __name__ == "__main__":
    main()
