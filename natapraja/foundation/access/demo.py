"""The people of the demonstration: invented holders of real posts, one for every way of using the house."""

from dataclasses import dataclass

PASSWORD = "natapraja-demo"  # noqa: S105 - printed on the sign-in page of every demonstration


@dataclass(frozen=True)
class DemoAccount:
    """`title` says who this is on the sign-in page and in the terminal."""

    username: str
    full_name: str
    title: str
    role: str
    area: str
    agency: str = ""


ACCOUNTS = (
    DemoAccount("bupati", "Contoh Bupati", "Bupati", "bupati", "33.09"),
    DemoAccount("bapperida", "Contoh Analis", "Analis Bapperida", "analis", "33.09", "bapperida"),
    DemoAccount("camat.cepogo", "Contoh Camat", "Camat Cepogo", "camat", "33.09.03"),
    DemoAccount(
        "operator.sumbung", "Contoh Operator", "Operator Desa Sumbung", "operator_desa", "33.09.03.2004"
    ),
    DemoAccount(
        "rt.sumbung.007",
        "Contoh Ketua RT",
        "Ketua RT 007 RW 001 Desa Sumbung",
        "ketua_rt",
        "33.09.03.2004.001.007",
    ),
    DemoAccount("opd.dinkes", "Contoh Staf", "Staf Dinas Kesehatan", "staf_opd", "33.09", "dinkes"),
    DemoAccount(
        "inspektorat",
        "Contoh Inspektur",
        "Inspektur, Inspektorat Daerah",
        "inspektur",
        "33.09",
        "inspektorat",
    ),
    DemoAccount(
        "pengelola", "Contoh Pengelola", "Pengelola sistem, Diskominfo", "pengelola", "33.09", "diskominfo"
    ),
)
