"""Hari kerja: kapan sebuah janji jatuh tempo."""
