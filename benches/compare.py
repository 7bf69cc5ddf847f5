#!/usr/bin/env python3
"""Sets mirip beside what one would take instead, in one run on one machine, and writes a report.

Beside it stand RapidFuzz (`process.extract` with `ratio`, `token_set_ratio` and `WRatio`) and PostgreSQL
(pg_trgm at its default threshold). The time a query takes is measured on the names of a file, what is found on
decided pairs by the rules of `mirip evaluate`. Where rapidfuzz or PostgreSQL is not to be had, that part is passed
over, and the report says so.
"""
from __future__ import annotations

import argparse
import csv
import datetime
import http.client
import importlib.metadata
import json
import math
import multiprocessing
import os
import platform
import pwd
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).resolve().parent.parent

EXAMPLE = """\
example:
  python3 -m venv /tmp/compare && /tmp/compare/bin/pip install rapidfuzz
  target/release/mirip import marks.csv --register /tmp/register
  /tmp/compare/bin/python benches/compare.py --mirip target/release/mirip --marks marks.csv \\
      --register /tmp/register --pairs data/gold/decided.tsv --names names.txt --queries 500

The register must be the import of the marks. The report holds no name that was asked, and no path. The samples
of the slow scorers are such that a run at two million marks should end within 25 minutes on a machine where
WRatio takes 9 seconds a query. Linux alone: memory is read from /proc.
"""

LIMIT = 50
"""Answers of one query that is timed."""
DEPTH = 100
"""A rank beyond this counts as not found: the HTTP service gives no more hits at once."""
RANKED_SCORE = 0.25
"""Marks below this score are not ranked by `mirip evaluate`."""
SLOW = ("token_set_ratio", "WRatio")
"""Scorers that take seconds for a query at two million marks, and get a sample of names and pairs."""
SCORERS = ("ratio", *SLOW)
LOCAL = ("ID", "MY")
"""Jurisdictions that are shown apart, as `mirip evaluate` does."""
MEBIBYTE = 1 << 20


class CompareError(Exception):
    """What went wrong, for a person: what, where, what to do."""


@dataclass(frozen=True)
class Pair:
    """A decided pair: the earlier mark should be found when the later is asked for."""

    earlier: str
    later: str
    later_classes: list[int]
    is_local: bool


@dataclass(frozen=True)
class Workload:
    """What everyone is asked."""

    names: list[str]
    slow_names: list[int]
    """Places of the names that the slow scorers are asked."""
    pairs: list[Pair]
    slow_pairs: list[int]
    wanted: list[list[str]]
    """For each pair, the folded names of the register that are the earlier mark."""
    folded_path: Path
    """Distinct folded names of the register, one a line."""


@dataclass
class Measured:
    """What was measured of one competitor."""

    label: str
    threads: str
    seconds: dict[int, float] = field(default_factory=dict)
    """By place of the name."""
    ranks: dict[int, float | None] = field(default_factory=dict)
    """By place of the pair; none where it was not found."""
    peak_bytes: int = 0


@dataclass
class Run:
    """All that the report tells."""

    started: datetime.datetime
    load: float
    rows: int
    distinct: int
    registered: int
    """Names asked that are names of the register."""
    marks: int = 0
    versions: list[str] = field(default_factory=list)
    competitors: list[Measured] = field(default_factory=list)
    """mirip and mirip on one core come first."""
    evaluated: list[dict[str, Any]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    postgres_notes: list[str] = field(default_factory=list)


# --- Text, files and figures ---


def folded(name: str) -> str:
    """Lower case, and one space for all that is neither letter nor digit: as RapidFuzz's `default_process`, but
    for runs of spaces."""
    return " ".join(re.sub(r"[\W_]", " ", name).lower().split())


def compact(name: str) -> str:
    """Letters and digits alone, without diacritics: by this `mirip evaluate` tells whether two names are the same."""
    text = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def read_pairs(path: Path) -> list[Pair]:
    """Pairs that were held similar on the signs and are not the same letters, as `mirip evaluate` asks them."""
    try:
        with path.open(encoding="utf8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise CompareError(f"--pairs {path}: can't be read: {error}") from error
    needed = {"mark_a", "mark_b", "classes_b", "outcome", "basis", "jurisdiction"}
    if not rows or not needed <= rows[0].keys():
        raise CompareError(f"--pairs {path}: is no table of decided pairs with the columns {', '.join(sorted(needed))}")
    pairs = [
        Pair(row["mark_a"], row["mark_b"], class_numbers(row["classes_b"]), row["jurisdiction"] in LOCAL)
        for row in rows
        if row["outcome"] == "similar" and row["basis"] == "signs" and compact(row["mark_a"]) != compact(row["mark_b"])
    ]
    if not pairs:
        raise CompareError(f"--pairs {path}: has no pair that was held similar on the signs")
    return pairs


def class_numbers(cell: str | None) -> list[int]:
    return sorted({int(number) for number in re.findall(r"\d+", cell or "")})


def read_names(path: Path, count: int) -> list[str]:
    """`count` names, evenly from the file."""
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CompareError(f"--names {path}: can't be read: {error}") from error
    names = list(dict.fromkeys(line.strip() for line in lines if folded(line)))
    if len(names) < count:
        raise CompareError(f"--names {path}: has {len(names)} distinct names, --queries asks for {count}")
    return [names[at] for at in evenly(len(names), count)]


def evenly(of: int, count: int) -> list[int]:
    """`count` places of `of`, the same distance apart; all where there are no more."""
    count = min(count, of)
    return [at * of // count for at in range(count)]


def fold_register(marks: Path, pairs: list[Pair], output: Path) -> tuple[int, int, list[list[str]]]:
    """Writes the distinct folded names of the register; gives its rows, how many names these were, and for each
    pair the names that are its earlier mark."""
    seen: set[str] = set()
    by_compact: dict[str, list[str]] = {compact(pair.earlier): [] for pair in pairs}
    rows = 0
    try:
        with marks.open(encoding="utf8", newline="") as file, output.open("w", encoding="utf8") as out:
            reader = csv.DictReader(file)
            if "name" not in (reader.fieldnames or ()):
                raise CompareError(f"--marks {marks}: is no CSV file with a column name")
            for row in reader:
                rows += 1
                name = folded(row["name"])
                if not name or name in seen:
                    continue
                seen.add(name)
                out.write(name + "\n")
                wanted = by_compact.get(compact(name))
                if wanted is not None:
                    wanted.append(name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CompareError(f"--marks {marks}: can't be read: {error}") from error
    return rows, len(seen), [by_compact[compact(pair.earlier)] for pair in pairs]


def rank(above: int, equal: int) -> float | None:
    """Ties count as the middle of their run; too deep is not found."""
    place = above + (equal + 1) / 2
    return place if place <= DEPTH else None


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that so many do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def peak_bytes(process: int | str) -> int:
    """Most memory that a process held at once, mapped files among it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf8")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def tell(text: str) -> None:
    """Progress."""
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


# --- mirip ---


@contextmanager
def mirip_service(options: argparse.Namespace, folder: Path, core: int | None) -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """A running service, by its one connection and its process; on one core alone where that is given."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(options.mirip), "serve", "--register", str(options.register), "--listen", f"127.0.0.1:{port}"]
    log_path = folder / "mirip.log"
    with log_path.open("w", encoding="utf8") as log:
        service = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, "MIRIP_LOG": "warn"},
            start_new_session=True,
            preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
        )
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        deadline = time.monotonic() + 120
        while not is_ready(connection):
            if service.poll() is not None:
                raise CompareError(f"mirip serve ended at once: {log_path.read_text(encoding='utf8').strip()}")
            if time.monotonic() > deadline:
                raise CompareError("mirip serve did not open the register within two minutes")
            time.sleep(0.05)
        yield connection, service.pid
    finally:
        connection.close()
        service.terminate()
        try:
            service.wait(15)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()


def is_ready(connection: http.client.HTTPConnection) -> bool:
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return False
    return response.status == 200


def ask(connection: http.client.HTTPConnection, target: str) -> bytes:
    """The whole body of an answer."""
    connection.request("GET", target)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise CompareError(f"mirip answers {response.status}: {body.decode(errors='replace')}")
    return body


def check_target(name: str, classes: Sequence[int], limit: int, min_score: float | None = None) -> str:
    fields: list[tuple[str, object]] = [("name", name), *(("class", number) for number in classes), ("limit", limit)]
    if min_score is not None:
        fields.append(("min_score", min_score))
    return "/v1/check?" + urllib.parse.urlencode(fields)


def mirip_rank(pair: Pair, hits: list[dict[str, Any]]) -> float | None:
    wanted = compact(pair.earlier)
    own = next((hit["score"] for hit in hits if compact(hit["mark"]["name"]) == wanted), None)
    if own is None:
        return None
    return rank(sum(hit["score"] > own for hit in hits), sum(hit["score"] == own for hit in hits))


def measure_mirip(options: argparse.Namespace, work: Workload, folder: Path, core: int | None) -> tuple[Measured, int]:
    """Times, memory and, on all cores, ranks; and the marks of its register."""
    label = "mirip" if core is None else "mirip on one core"
    measured = Measured(label, "all" if core is None else "1")
    targets = [check_target(name, options.classes, LIMIT) for name in work.names]
    with mirip_service(options, folder, core) as (connection, process):
        for target in targets[:20]:
            ask(connection, target)
        last = b"{}"
        for at, target in enumerate(targets):
            start = time.perf_counter()
            last = ask(connection, target)
            measured.seconds[at] = time.perf_counter() - start
        measured.peak_bytes = peak_bytes(process)
        marks = json.loads(last)["register"]["marks"]
        if core is None:
            for at, pair in enumerate(work.pairs):
                answer = json.loads(ask(connection, check_target(pair.later, pair.later_classes, DEPTH, RANKED_SCORE)))
                measured.ranks[at] = mirip_rank(pair, answer["hits"])
    return measured, marks


def mirip_evaluate(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The groups `all` and `ID+MY` as `mirip evaluate` itself measures them."""
    command = [str(options.mirip), "evaluate", str(options.pairs), "--register", str(options.register), "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise CompareError(f"mirip evaluate failed: {done.stderr.strip()}")
    return [group for group in json.loads(done.stdout)["retrieval"] if group["group"] in ("all", "ID+MY")]


# --- RapidFuzz ---


def in_own_process(task: Callable[..., Any], *arguments: object) -> Any:
    """What a task gives in a process of its own, whose memory is its alone."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=send_outcome, args=(sender, task, arguments), daemon=True)
    process.start()
    sender.close()
    try:
        outcome = receiver.recv()
    except EOFError:
        process.join()
        raise CompareError(f"the process ended with status {process.exitcode}") from None
    finally:
        process.terminate()
        process.join()
    if isinstance(outcome, CompareError):
        raise outcome
    return outcome


def send_outcome(sender: Connection, task: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    try:
        sender.send(task(*arguments))
    except CompareError as error:
        sender.send(error)
    except Exception as error:
        sender.send(CompareError(f"{type(error).__name__}: {error}"))


def measure_rapidfuzz(label: str, work: Workload) -> Measured:
    """One scorer, on one thread: `process.extract` uses no more."""
    from rapidfuzz import fuzz, process

    scorer = getattr(fuzz, label)
    measured = Measured(f"RapidFuzz `{label}`", "1")
    choices = work.folded_path.read_text(encoding="utf8").splitlines()
    names = [folded(name) for name in work.names]
    places = work.slow_names if label in SLOW else range(len(names))
    process.extract(names[0], choices, scorer=scorer, processor=None, limit=LIMIT)
    for at in places:
        start = time.perf_counter()
        process.extract(names[at], choices, scorer=scorer, processor=None, limit=LIMIT)
        measured.seconds[at] = time.perf_counter() - start
    measured.peak_bytes = peak_bytes("self")
    for at in work.slow_pairs if label in SLOW else range(len(work.pairs)):
        later = folded(work.pairs[at].later)
        own = max((scorer(later, wanted) for wanted in work.wanted[at]), default=None)
        if own is None:
            measured.ranks[at] = None
            continue
        above = equal = 0
        # A cut-off less than some 0.001 below a score may lose it (RapidFuzz 3.14.6), so it stands a little lower.
        for _, score, _ in process.extract_iter(later, choices, scorer=scorer, processor=None, score_cutoff=max(0.0, own - 0.01)):
            above += score > own + 1e-9
            equal += abs(score - own) <= 1e-9
            if above > DEPTH:
                break
        if above + equal == 0:
            raise CompareError(f"pair {at + 1}: the earlier mark scores {own}, and a scan with that cut-off does not find it")
        measured.ranks[at] = rank(above, equal)
    return measured


# --- PostgreSQL ---


@dataclass(frozen=True)
class PostgresPrograms:
    initdb: Path
    postgres: Path
    psql: Path

    def version(self) -> str:
        told = subprocess.run([self.postgres, "--version"], capture_output=True, text=True, check=True).stdout
        return told.strip().removeprefix("postgres (PostgreSQL) ")


def find_postgres() -> PostgresPrograms:
    """The programs, those beside one another first: Debian's `psql` on the path is a script that looks for clusters."""
    path = os.environ.get("PATH", os.defpath).split(os.pathsep) + ["/usr/local/bin", "/usr/bin"]
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    for folder in [Path(place) for place in path] + versions:
        initdb = (folder / "initdb").resolve()
        postgres, psql = initdb.with_name("postgres"), initdb.with_name("psql")
        if not psql.exists():
            psql = Path(shutil.which("psql") or "psql")
        if all(os.access(program, os.X_OK) for program in (initdb, postgres, psql)):
            return PostgresPrograms(initdb, postgres, psql)
    raise CompareError("initdb, postgres and psql are not all on PATH or in /usr/lib/postgresql")


SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "random_page_cost": "1.1",
}
OWNER = "compare"
END = "-- end of answer --"

# By similarity, the first 50 at or above the threshold. GiST gives them in that order itself.
SEARCHES = {
    "gin": f"SELECT name, similarity(name, $1) FROM marks_gin WHERE name % $1 ORDER BY similarity(name, $1) DESC LIMIT {LIMIT}",
    "gist": f"SELECT name, similarity(name, $1) FROM marks_gist WHERE name % $1 ORDER BY name <-> $1 LIMIT {LIMIT}",
}


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Psql:
    """One session."""

    def __init__(self, programs: PostgresPrograms, folder: Path) -> None:
        # Without its start-up file, quiet, rows alone, cells parted by tabs.
        flags = ["-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        command: list[str | Path] = [programs.psql, *flags, "-h", folder, "-U", OWNER, "-d", "postgres"]
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "LC_ALL": "C",
            "PGCLIENTENCODING": "UTF8",
        }
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf8",
            env=environment,
            start_new_session=True,
        )

    def run(self, statement: str) -> list[str]:
        """The lines of its answer."""
        stdin, stdout = self._pipes()
        try:
            stdin.write(f"{statement}\n\\echo {END}\n")
            stdin.flush()
        except BrokenPipeError:
            pass
        lines: list[str] = []
        for line in stdout:
            if line.rstrip("\n") == END:
                return lines
            lines.append(line.rstrip("\n"))
        raise CompareError(f"psql: {' '.join(lines) or 'ended'}")

    def seconds(self, statement: str) -> float:
        """What psql's own clock (`\\timing`) says of a statement, its rows received."""
        timed = [line for line in self.run(statement) if line.startswith("Time: ")]
        return float(timed[-1].split()[1]) / 1000

    def close(self) -> None:
        stdin, stdout = self._pipes()
        try:
            stdin.close()
        except BrokenPipeError:
            pass
        stdout.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self.process.stdin is None or self.process.stdout is None:
            raise CompareError("psql: has no pipes")
        return self.process.stdin, self.process.stdout


@contextmanager
def psql_session(programs: PostgresPrograms, folder: Path) -> Iterator[Psql]:
    session = Psql(programs, folder)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def cluster(programs: PostgresPrograms, folder: Path) -> Iterator[None]:
    """A server on a socket in `folder`, with nothing in it, gone afterwards. PostgreSQL refuses to run as root:
    then it runs as `postgres` or `nobody`."""
    folder.mkdir(mode=0o700)
    run_as: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = unprivileged_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        run_as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    environment = {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}
    data = folder / "data"
    command: list[str | Path] = [
        programs.initdb,
        "-D",
        data,
        "-U",
        OWNER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    made = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, **run_as)
    if made.returncode != 0:
        raise CompareError(f"initdb failed: {made.stderr.strip()}")
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    log_path = folder.with_name("postgres.log")
    with log_path.open("w", encoding="utf8") as log:
        server = subprocess.Popen(
            [programs.postgres, "-D", data, "-k", folder, "-c", "listen_addresses=", *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            env=environment,
            start_new_session=True,
            **run_as,
        )
    try:
        wait_for_server(programs, folder, server, log_path)
        yield
    finally:
        # Fast shutdown: sessions are cut off.
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def unprivileged_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CompareError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def wait_for_server(programs: PostgresPrograms, folder: Path, server: subprocess.Popen[bytes], log_path: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise CompareError(f"postgres ended at once: {log_path.read_text(encoding='utf8').strip()}")
        try:
            with psql_session(programs, folder) as session:
                session.run("SELECT 1;")
            return
        except CompareError:
            time.sleep(0.1)
    raise CompareError("postgres did not answer within half a minute")


def load_names(session: Psql, kind: str, work: Workload) -> tuple[float, int]:
    """A table of the names with an index of that kind: the seconds that the index took, and its bytes."""
    table = f"marks_{kind}"
    session.run(f"CREATE TABLE {table} (name text NOT NULL);\n\\copy {table} FROM {quoted(str(work.folded_path))}")
    start = time.perf_counter()
    session.run(f"CREATE INDEX {table}_name ON {table} USING {kind} (name {kind}_trgm_ops);")
    took = time.perf_counter() - start
    session.run(f"VACUUM (ANALYZE) {table};")
    return took, int(session.run(f"SELECT pg_relation_size('{table}_name');")[0])


def measure_postgres(programs: PostgresPrograms, work: Workload, folder: Path) -> tuple[Measured, list[str]]:
    """The faster of both indexes, and what there is to say of them."""
    names = [folded(name) for name in work.names]
    probes = evenly(len(names), 10)
    notes: list[str] = []
    with cluster(programs, folder):
        with psql_session(programs, folder) as session:
            session.run("CREATE EXTENSION pg_trgm;")
            built = {}
            for kind in SEARCHES:
                tell(f"PostgreSQL: an index of kind {kind}")
                built[kind] = load_names(session, kind, work)
        with psql_session(programs, folder) as session:
            process = int(session.run("SELECT pg_backend_pid();")[0])
            session.run("\\timing on")
            medians = {}
            for kind, search in SEARCHES.items():
                session.run(f"PREPARE {kind}_search(text) AS {search};")
                for at in probes:
                    session.run(f"EXECUTE {kind}_search({quoted(names[at])});")
                medians[kind] = statistics.median(session.seconds(f"EXECUTE {kind}_search({quoted(names[at])});") for at in probes)
            kind = min(medians, key=lambda kind: medians[kind])
            for each, (took, size) in built.items():
                notes.append(
                    f"{index_name(each)}: built in {took:.1f} s, {size / MEBIBYTE:.0f} MiB; "
                    f"{milliseconds(medians[each])} ms a query, median of {len(probes)} names asked before the clock started."
                )
            tell(f"PostgreSQL: {len(names)} queries, {len(work.pairs)} pairs, by {kind}")
            measured = Measured(f"PostgreSQL pg_trgm, {index_name(kind)}", "1")
            for at, name in enumerate(names):
                measured.seconds[at] = session.seconds(f"EXECUTE {kind}_search({quoted(name)});")
            measured.peak_bytes = peak_bytes(process)
            session.run("\\timing off")
            plan = session.run(f"EXPLAIN (COSTS OFF) EXECUTE {kind}_search({quoted(names[0])});")
            nodes = [line.strip(" ->") for line in plan if re.match(r" *(->|\w).*(Scan|Gather|Sort)", line)]
            notes.append(f"The planner's choice: {'; '.join(nodes)}.")
            if any(node.startswith("Gather") for node in nodes):
                measured.threads = "parallel plan"
            threshold = session.run("SHOW pg_trgm.similarity_threshold;")[0]
            notes.append(
                f"Threshold {threshold}; settings: {', '.join(f'{name} {value}' for name, value in SETTINGS.items())}; else the defaults."
            )
            for at, pair in enumerate(work.pairs):
                measured.ranks[at] = postgres_rank(session, kind, folded(pair.later), work.wanted[at])
    return measured, notes


def index_name(kind: str) -> str:
    return {"gin": "GIN", "gist": "GiST"}[kind]


def postgres_rank(session: Psql, kind: str, later: str, wanted: list[str]) -> float | None:
    if not wanted:
        return None
    asked, listed = quoted(later), ", ".join(map(quoted, wanted))
    line = session.run(
        f"WITH own AS (SELECT max(similarity(earlier, {asked})) AS score FROM unnest(ARRAY[{listed}]) AS earlier) "
        f"SELECT count(*) FILTER (WHERE similarity(name, {asked}) > score), count(*) FILTER (WHERE similarity(name, {asked}) = score) "
        f"FROM marks_{kind}, own WHERE name % {asked};"
    )[0]
    above, equal = map(int, line.split("\t"))
    # Below the threshold it is not among the answers.
    return rank(above, equal) if equal else None


# --- The report ---


def milliseconds(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def times_as_long(measured: Measured, base: Measured) -> str:
    """Ratio of the medians on the names that both were asked."""
    shared = sorted(measured.seconds.keys() & base.seconds.keys())
    ratio = statistics.median(measured.seconds[at] for at in shared) / statistics.median(base.seconds[at] for at in shared)
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def recall_cells(ranks: Sequence[float | None]) -> str:
    """recall@10, recall@50 and MRR."""
    if not ranks:
        return "– | – | –"
    found = [place for place in ranks if place is not None]
    sums = [sum(place <= 10 for place in found), sum(place <= 50 for place in found), sum(1 / place for place in found)]
    return " | ".join(f"{each / len(ranks):.3f}" for each in sums)


def recall_table(competitors: Sequence[Measured], pairs: list[Pair], places: Sequence[int]) -> list[str]:
    """Those that were asked all of these pairs."""
    local = [at for at in places if pairs[at].is_local]
    lines = [
        f"| | recall@10, all ({len(places)}) | recall@50 | MRR | recall@10, ID+MY ({len(local)}) | recall@50 | MRR |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for measured in competitors:
        if measured.ranks and measured.ranks.keys() >= set(places):
            cells = " | ".join(recall_cells([measured.ranks[at] for at in group]) for group in (places, local))
            lines.append(f"| {measured.label} | {cells} |")
    return lines


def machine() -> str:
    cpu = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf8"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s+(\d+) kB$", Path("/proc/meminfo").read_text(encoding="utf8"), re.MULTILINE)
    cores, usable = os.cpu_count() or 1, len(os.sched_getaffinity(0))
    return (
        f"{cpu[1] if cpu else platform.machine()}, {cores} cores{'' if usable == cores else f' ({usable} for this run)'}, "
        f"{int(memory[1]) / (1 << 20) if memory else math.nan:.0f} GiB of memory"
    )


def mirip_version(options: argparse.Namespace) -> str:
    told = subprocess.run([options.mirip, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    commit = subprocess.run(["git", "-C", REPOSITORY, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True)
    return f"{told}; the repository of this script is at commit {commit.stdout.strip()}" if commit.returncode == 0 else told


def write_report(options: argparse.Namespace, work: Workload, run: Run) -> None:
    lines = [*head(options, work, run), "", *time_section(work, run), "", *recall_section(work, run)]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text("\n".join(lines) + "\n", encoding="utf8")


def head(options: argparse.Namespace, work: Workload, run: Run) -> list[str]:
    minutes = (datetime.datetime.now() - run.started).total_seconds() / 60
    classes = "classes " + ", ".join(map(str, options.classes)) if options.classes else "no class"
    lines = [
        f"# mirip beside others, {run.started:%Y-%m-%d}",
        "",
        f"Written by `benches/compare.py`, all in one run of {minutes:.1f} minutes.",
        "",
        f"- Machine: {machine()}; load average before the run {run.load:.2f}.",
        *(f"- {version}." for version in run.versions),
        f"- Register: {run.marks:,} marks in mirip's; {run.rows:,} rows in the file, "
        f"{run.distinct:,} distinct names once folded, which the others are given.",
        f"- Queries: {len(work.names)} names, {run.registered} of which, folded, are a name of the register; {classes}.",
    ]
    if run.marks != run.rows:
        lines.append("- **Not the same**: the register holds more or fewer marks than the file has rows.")
    return lines + [f"- **Passed over**: {reason}." for reason in run.passed_over]


def time_section(work: Workload, run: Run) -> list[str]:
    whole, one_core = run.competitors[:2]
    columns = [
        "",
        "threads",
        "queries",
        "median, ms",
        "99th percentile, ms",
        "times mirip's median",
        "times that on one core",
        "peak memory, MiB",
    ]
    lines = [
        "## Time and memory",
        "",
        f"The first {LIMIT} answers of one query; each is asked after the other.",
        "",
        table_row(columns),
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for measured in run.competitors:
        times = list(measured.seconds.values())
        cells = [
            measured.label,
            measured.threads,
            str(len(times)),
            milliseconds(statistics.median(times)),
            milliseconds(percentile(times, 0.99)),
            times_as_long(measured, whole),
            times_as_long(measured, one_core),
            f"{measured.peak_bytes / MEBIBYTE:,.0f}",
        ]
        lines.append(table_row(cells))
    return [*lines, "", *time_notes(run.competitors, work), *(f"- {note}" for note in run.postgres_notes)]


def table_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def time_notes(competitors: list[Measured], work: Workload) -> list[str]:
    notes = [
        "- mirip answers over HTTP on loopback, on one kept connection: the time ends when the whole JSON answer, with its reasons, "
        "is read. On one core its service has that core alone, which is like against like beside one thread; the client is not held to it."
    ]
    if any(measured.label.startswith("RapidFuzz") for measured in competitors):
        notes.append(
            "- RapidFuzz is called in its own process, the names in a list; `process.extract` uses one thread. Names and queries are "
            "folded before the clock starts (lower case, letters and digits, single spaces), with no processor in the call."
        )
    if any(measured.label.startswith("PostgreSQL") for measured in competitors):
        notes.append(
            "- PostgreSQL is timed by psql's `\\timing` in one session, by a prepared statement, on the same folded names: until the "
            "rows are received."
        )
    if any(len(measured.seconds) < len(work.names) for measured in competitors):
        notes.append("- Where fewer queries were asked they are taken evenly from the others; each ratio is of medians on the same names.")
    if any(len(measured.seconds) < 100 for measured in competitors):
        notes.append("- Of fewer than 100 queries the 99th percentile is the slowest.")
    notes.append(
        "- Memory is the most that the process held at once (VmHWM) by the end of the timed queries: mirip's service with the files it "
        "maps, Python with its names, of PostgreSQL the one process that answers, with the shared buffers it has touched."
    )
    return notes


def recall_section(work: Workload, run: Run) -> list[str]:
    lines = [
        "## What is found",
        "",
        "How often the earlier mark is among the first answers when the later is asked for: "
        f"{len(work.pairs)} decided pairs, held similar on the signs, not the same letters.",
        "",
        *recall_table(run.competitors, work.pairs, range(len(work.pairs))),
        "",
    ]
    is_sample = len(work.slow_pairs) < len(work.pairs)
    if is_sample and any(measured.ranks.keys() == set(work.slow_pairs) for measured in run.competitors):
        lines += [
            f"`{'` and `'.join(SLOW)}` were asked a sample, {len(work.slow_pairs)} pairs evenly from the file. All on that sample:",
            "",
            *recall_table(run.competitors, work.pairs, work.slow_pairs),
            "",
        ]
    absent = sum(not names for names in work.wanted)
    lines += [
        "- mirip is asked with the classes of the later mark; the others know no classes.",
        "- The weights of mirip's judgement are fitted on `data/gold/decided.tsv` itself, and so flattered by these pairs; "
        "`src/guide/judgement.md` has the figures on pairs that were left out. The others have no weights.",
        f"- Ties count as the middle of their run. A rank beyond {DEPTH} counts as not found, and so does an earlier mark that is not "
        f"in the register ({absent} of the pairs). pg_trgm finds nothing below its threshold, mirip is asked down to {RANKED_SCORE}.",
        "- `mirip evaluate`, which looks 200 deep and on scores that are not rounded, says of the same pairs: "
        + "; ".join(map(evaluated_group, run.evaluated))
        + ".",
    ]
    if run.evaluated and run.evaluated[0]["pairs"] != len(work.pairs):
        lines.append(f"- **Not the same pairs**: `mirip evaluate` asks {run.evaluated[0]['pairs']}, this script {len(work.pairs)}.")
    return lines


def evaluated_group(group: dict[str, Any]) -> str:
    return (
        f"{group['group']} ({group['pairs']}) recall@10 {group['recall_at_10']:.3f}, recall@50 {group['recall_at_50']:.3f}, "
        f"MRR {group['mean_reciprocal_rank']:.3f}"
    )


# --- The run ---


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirip", type=Path, required=True, metavar="BINARY", help="the program, built for release")
    parser.add_argument(
        "--marks", type=Path, required=True, metavar="REGISTER.csv", help="the marks in the native CSV layout; the others read their names"
    )
    parser.add_argument("--register", type=Path, required=True, metavar="DIR", help="the register that `mirip import` made of them")
    parser.add_argument("--pairs", type=Path, required=True, metavar="PAIRS.tsv", help="decided pairs, such as data/gold/decided.tsv")
    parser.add_argument(
        "--names",
        type=Path,
        required=True,
        metavar="FILE",
        help="names that are asked, one a line; real ones, mixed, and not made from the register",
    )
    parser.add_argument("--queries", type=int, default=500, metavar="N", help="how many of the names [default: 500]")
    parser.add_argument(
        "--slow-queries",
        type=int,
        default=30,
        metavar="N",
        help=f"how many of these for {' and '.join(SLOW)}, which take seconds for one [default: 30]",
    )
    parser.add_argument("--slow-pairs", type=int, default=51, metavar="N", help="how many decided pairs for those [default: 51]")
    parser.add_argument("--all-pairs", action="store_true", help="all decided pairs for those")
    parser.add_argument(
        "--class",
        dest="classes",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="class of the timed queries to mirip, repeatable [default: none]",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the report [default: benches/runs/YYYY-MM-DD-compare.md]")
    options = parser.parse_args()
    for name in ("queries", "slow_queries", "slow_pairs"):
        if getattr(options, name) < 1:
            parser.error(f"--{name.replace('_', '-')}: must be at least 1")
    if not (options.mirip.is_file() and os.access(options.mirip, os.X_OK)):
        parser.error(f"--mirip {options.mirip}: is no program; build it with cargo build --release")
    if not options.register.is_dir():
        parser.error(f"--register {options.register}: is no folder; make it with mirip import")
    options.mirip = options.mirip.resolve()
    options.output = options.output or REPOSITORY / "benches" / "runs" / f"{datetime.date.today()}-compare.md"
    return options


def compare(options: argparse.Namespace, folder: Path) -> None:
    started, load = datetime.datetime.now(), os.getloadavg()[0]
    names = read_names(options.names, options.queries)
    pairs = read_pairs(options.pairs)
    tell("folding the names of the register")
    folded_path = folder / "names.txt"
    rows, distinct, wanted = in_own_process(fold_register, options.marks, pairs, folded_path)
    slow_pairs = evenly(len(pairs), len(pairs) if options.all_pairs else options.slow_pairs)
    work = Workload(names, evenly(len(names), options.slow_queries), pairs, slow_pairs, wanted, folded_path)
    asked = {folded(name) for name in names}
    with folded_path.open(encoding="utf8") as lines:
        registered = sum(line.rstrip("\n") in asked for line in lines)
    run = Run(started, load, rows, distinct, registered)
    run_mirip(options, work, folder, run)
    run_rapidfuzz(work, run)
    run_postgres(work, folder, run)
    write_report(options, work, run)
    tell(f"written: {options.output}")


def run_mirip(options: argparse.Namespace, work: Workload, folder: Path, run: Run) -> None:
    run.versions += [mirip_version(options), f"Python {platform.python_version()}"]
    tell(f"mirip: {len(work.names)} queries, {len(work.pairs)} pairs")
    whole, run.marks = measure_mirip(options, work, folder, None)
    tell(f"mirip on one core: {len(work.names)} queries")
    one_core, _ = measure_mirip(options, work, folder, min(os.sched_getaffinity(0)))
    run.competitors += [whole, one_core]
    tell("mirip evaluate")
    run.evaluated = mirip_evaluate(options)


def run_rapidfuzz(work: Workload, run: Run) -> None:
    try:
        run.versions.append(f"RapidFuzz {importlib.metadata.version('rapidfuzz')}")
    except importlib.metadata.PackageNotFoundError:
        pass_over(run, "RapidFuzz: the package rapidfuzz is not installed for this Python")
        return
    for label in SCORERS:
        queries, pairs = (work.slow_names, work.slow_pairs) if label in SLOW else (work.names, work.pairs)
        tell(f"RapidFuzz {label}: {len(queries)} queries, {len(pairs)} pairs")
        try:
            run.competitors.append(in_own_process(measure_rapidfuzz, label, work))
        except CompareError as error:
            pass_over(run, f"RapidFuzz `{label}`: {error}")


def run_postgres(work: Workload, folder: Path, run: Run) -> None:
    try:
        programs = find_postgres()
        version = programs.version()
        measured, run.postgres_notes = measure_postgres(programs, work, folder / "pg")
    except (CompareError, OSError, subprocess.CalledProcessError) as error:
        # The throw-away folder is of no use to a reader.
        pass_over(run, "PostgreSQL: " + " ".join(str(error).replace(str(folder), "…").split()))
        return
    run.versions.append(f"PostgreSQL {version}")
    run.competitors.append(measured)


def pass_over(run: Run, reason: str) -> None:
    run.passed_over.append(reason)
    tell(f"passed over: {reason}")


def main() -> int:
    options = parse_arguments()
    # Told to end, everything that was started ends as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with tempfile.TemporaryDirectory(prefix="mirip-compare-") as name:
            # Another user's server must reach its own folder below this one.
            os.chmod(name, 0o711)
            compare(options, Path(name))
    except (CompareError, OSError, subprocess.CalledProcessError) as error:
        print(f"compare.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
