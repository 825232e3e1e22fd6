"""Register: apa yang berubah bila sebuah laporan datang terlambat, atau sebuah jawaban ternyata keliru."""
