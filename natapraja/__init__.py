"""Natapraja: the smart-governance platform of a regency. Start with README.md and GLOSSARY.md."""
