"""The house's own verbs: run, test, check, fix, docs, bench. Without Django, so that they start fast."""

import argparse
from typing import Any

from natapraja.config.environment import start_django

PEOPLE = 55_000
LAST_PORT = 65_535


def register(verbs: Any) -> None:
    _register_run(verbs)
    _register_habits(verbs)
    parser = verbs.add_parser("docs", help="mencetak halaman acuan dari kode")
    parser.add_argument("--check", action="store_true", help="hanya memeriksa apakah halaman acuan mutakhir")
    parser.set_defaults(run=_docs)
    parser = verbs.add_parser("bench", help="mengukur janji-janji kecepatan")
    parser.add_argument(
        "only", nargs="*", metavar="UKURAN", help="nama ukuran, misalnya start; kosong = semua"
    )
    parser.add_argument(
        "--people", type=_sizes, default=[PEOPLE], metavar="N,N", help="banyak penduduk sintetis"
    )
    parser.add_argument("--json", metavar="BERKAS", help="juga menulis hasilnya ke berkas JSON")
    parser.set_defaults(run=_bench)


def _register_run(verbs: Any) -> None:
    parser = verbs.add_parser("run", help="menyalakan Natapraja: halaman, pekerja latar, dan data contoh")
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="port halaman (bawaan 8000)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ALAMAT", help="alamat yang didengarkan")
    parser.add_argument(
        "--people",
        type=int,
        metavar="N",
        help="penduduk sintetis pada folder data yang kosong (bawaan 55000)",
    )
    parser.add_argument("--seed", type=int, metavar="N", help="benih data sintetis (bawaan 20260101)")
    parser.set_defaults(run=_run)
    jobs = verbs.add_parser("jobs", help="(dipanggil oleh run) mengerjakan tugas latar")
    jobs.add_argument("--resume", action="store_true", help="melanjutkan impor yang terputus")
    jobs.set_defaults(run=_jobs)


def _register_habits(verbs: Any) -> None:
    parser = verbs.add_parser(
        "test",
        help="menjalankan uji: semua, atau satu kelompok",
        epilog="Kelompok: unit, spec, integration, generative, journeys, house, real, spark, postgres. "
        "Tanpa kelompok: semua kecuali real (perlu berkas sumber), spark (perlu Java) dan postgres (perlu server; "
        "menjalankan uji integration di PostgreSQL). Pilihan lain diteruskan ke pytest.",
    )
    parser.add_argument("what", nargs="*", metavar="KELOMPOK", help="kelompok uji atau berkas uji")
    parser.set_defaults(run=_test, rest=[])
    parser = verbs.add_parser("check", help="memeriksa gaya, tipe, lantai rumah, dan halaman acuan")
    parser.set_defaults(run=_check)
    parser = verbs.add_parser("fix", help="merapikan gaya dan mencetak ulang halaman acuan")
    parser.add_argument("--lock", action="store_true", help="menyusun ulang kunci versi dari pyproject.toml")
    parser.set_defaults(run=_fix)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} bukan port; tulis bilangan 1 sampai {LAST_PORT}")
    return int(text)


def _sizes(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _run(args: argparse.Namespace) -> int:
    from natapraja.config import supervisor

    return supervisor.run(host=args.host, port=args.port, people=args.people, seed=args.seed)


def _jobs(args: argparse.Namespace) -> int:
    start_django()
    from natapraja.config import jobs

    return jobs.run(resume=args.resume)


def _test(args: argparse.Namespace) -> int:
    from natapraja.config import habits

    return habits.test(args.what, args.rest)


def _check(args: argparse.Namespace) -> int:
    from natapraja.config import habits

    return habits.check()


def _fix(args: argparse.Namespace) -> int:
    from natapraja.config import habits

    return habits.fix(lock=args.lock)


def _docs(args: argparse.Namespace) -> int:
    start_django()
    from natapraja.config.reference import printing

    return printing.write(check=args.check)


def _bench(args: argparse.Namespace) -> int:
    from bench import harness

    return harness.run(only=args.only, people=args.people, json_file=args.json)
