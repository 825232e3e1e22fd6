"""Places: regency, kecamatan, desa, RW and RT, each with the dates it held and the names people use."""
