"""The line drawings of the pages: one stroke, 32 by 32, drawn by us. A name gives the path."""

ICONS: dict[str, str] = {
    "akun": "M16 5a6 6 0 110 12 6 6 0 010-12zM5 28c1-6 5-9 11-9s10 3 11 9",
    "buku": "M6 5h14a4 4 0 014 4v18H10a4 4 0 01-4-4zM6 23a4 4 0 014-4h14",
    "cari": "M14 6a8 8 0 110 16 8 8 0 010-16zM20 20l7 7",
    "cetak": "M9 12V5h14v7M9 22H5V12h22v10h-4M9 18h14v9H9z",
    "datang": "M18 6h8v20h-8M4 16h15M14 11l5 5-5 5",
    "dokumen": "M8 4h11l6 6v18H8zM19 4v6h6M12 16h9M12 21h9",
    "grafik": "M4 27h24M8 27V17M14 27V9M20 27V13M26 27V5",
    "kotak": "M5 18l4-11h14l4 11v8H5zM5 18h7l2 3h4l2-3h7",
    "kunci": "M8 14h16v13H8zM11 14v-4a5 5 0 0110 0v4M16 19v4",
    "lahir": "M16 5a7 7 0 110 14 7 7 0 010-14zM12 13c1 2.5 7 2.5 8 0M8 28c1-5 4-7 8-7s7 2 8 7",
    "lihat": "M3 16s5-8 13-8 13 8 13 8-5 8-13 8S3 16 3 16zM16 12a4 4 0 100 8 4 4 0 000-8z",
    "meninggal": "M4 23h24M9 23a7 7 0 0114 0M16 5v6M13 8l3 3 3-3M9 28h14",
    "nikah": "M12 12a7 7 0 100 14 7 7 0 000-14zM20 8a7 7 0 110 14",
    "pesan": "M6 7h20v14H15l-6 5v-5H6zM16 11v5M16 18.4v.2",
    "peta": "M4 8l8-3 8 3 8-3v19l-8 3-8-3-8 3zM12 5v19M20 8v19",
    "pindah": "M14 6H6v20h8M12 16h16M23 11l5 5-5 5",
    "rumah": "M4 16L16 6l12 10M8 14v13h16V14M14 27v-7h4v7",
    "unduh": "M16 5v15M10 15l6 6 6-6M6 26h20",
    "unggah": "M16 21V6M10 11l6-6 6 6M6 26h20",
    "usul": "M16 4v4M6 8l3 3M26 8l-3 3M11 18a5 5 0 1110 0c0 2-2 3-2 5h-6c0-2-2-3-2-5zM13 27h6",
}
