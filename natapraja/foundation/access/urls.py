"""Addresses of sign-in and rights."""

from django.urls import path

from natapraja.foundation.access import views, views_accounts, views_inspection

urlpatterns = [
    path("masuk/", views.sign_in, name="sign-in"),
    path("keluar/", views.sign_out, name="sign-out"),
    path("saya/", views.my_rights, name="my-rights"),
    path("saya/sandi/", views.password, name="password"),
    path("tujuan/", views.purpose, name="purpose"),
    path("akun/", views_accounts.accounts, name="accounts"),
    path("akun/baru/", views_accounts.create, name="account-create"),
    path("akun/<int:pk>/", views_accounts.account, name="account"),
    path("akun/<int:pk>/sandi/", views_accounts.reset, name="account-reset"),
    path("akun/<int:pk>/buka-tutup/", views_accounts.toggle, name="account-toggle"),
    path("akun/<int:pk>/peran/<int:role>/akhiri/", views_accounts.end_role, name="account-end-role"),
    path("pengawasan/baca/", views_inspection.reads, name="reads"),
    path("pengawasan/buku-besar/", views_inspection.entries, name="ledger-entries"),
    path("pengawasan/baca.csv", views_inspection.reads_csv, name="reads-csv"),
]
